import { decimalText } from '#rule-sets/schema-primitives.ts';

/** A key of an object, or an index of a list. */
export type Step = string | number;

export const stepText = (step: Step): string => (typeof step === 'number' ? String(step) : step);

/** Whether a key is inside of what another one names. */
export const isBelow = (key: readonly Step[], ancestor: readonly Step[]): boolean =>
  key.length > ancestor.length && ancestor.every((step, index) => step === key[index]);

/** One value at the bottom of a document: a scalar, a list of scalars as a whole, or something empty. */
export interface JsonLeaf {
  /** Where it stands, elements of lists by their identity where they have one: two versions of a document can be compared by it. */
  readonly key: readonly Step[];
  /** Where it stands in its own document. */
  readonly path: readonly Step[];
  readonly value: unknown;
}

/** Stands for the order of a list whose elements are known by identity. */
export const ORDER = '(order)';

/** Members that tell the elements of a list apart, so that a rule that moves within its file is the same rule still. */
const IDENTITIES = ['name', 'fundId', 'notionalFloor', 'title'] as const;

/** A tier is known by its floor; tables are written from the lowest floor up, so that their order says nothing more. */
const BY_VALUE: (typeof IDENTITIES)[number] = 'notionalFloor';

/** Members for people and editors: no part of the law, and not of its hash. */
const NOT_LAW: ReadonlySet<string> = new Set(['$schema', 'notes']);

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const byValue = (text: string): string => {
  const parsed = decimalText.safeParse(text);
  return parsed.success ? parsed.data.toFixed() : text;
};

/** The elements' identities when every one has one of its own; null when the list is known by position only. */
const identitiesOf = (list: readonly unknown[]): { readonly ids: readonly string[]; readonly ordered: boolean } | null => {
  for (const member of IDENTITIES) {
    const written = list.flatMap((element) => (isObject(element) && typeof element[member] === 'string' ? [element[member]] : []));
    const ids = member === BY_VALUE ? written.map(byValue) : written;
    if (ids.length === list.length && new Set(ids).size === ids.length) return { ids, ordered: member !== BY_VALUE };
  }
  return null;
};

const listLeaves = (list: readonly unknown[], key: readonly Step[], path: readonly Step[]): readonly JsonLeaf[] => {
  if (!list.some((element) => typeof element === 'object' && element !== null)) return [{ key, path, value: list }];
  const identities = identitiesOf(list);
  const leaves = list.flatMap((element, index) => leavesIn(element, [...key, identities?.ids[index] ?? index], [...path, index]));
  return identities?.ordered === true ? [...leaves, { key: [...key, ORDER], path, value: identities.ids }] : leaves;
};

const leavesIn = (value: unknown, key: readonly Step[], path: readonly Step[]): readonly JsonLeaf[] => {
  if (Array.isArray(value)) return listLeaves(value, key, path);
  if (!isObject(value)) return [{ key, path, value }];
  const members = Object.entries(value).filter(([name]) => !NOT_LAW.has(name));
  if (members.length === 0) return [{ key, path, value: {} }];
  return members.flatMap(([name, member]) => leavesIn(member, [...key, name], [...path, name]));
};

/**
 * Every leaf of a document, `$schema` and `notes` left out: two documents have the same leaves exactly when they have the same canonical JSON.
 * Elements of a list that all have a name, a fund id, a floor or a title of their own are known by it, others by position.
 */
export const jsonLeaves = (document: unknown): readonly JsonLeaf[] => leavesIn(document, [], []);
