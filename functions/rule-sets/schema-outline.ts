import { z } from 'zod';

/** What a schema tells about one place of a document, apart from whether a value is accepted there. */
export interface Outline {
  /** What the field is, as the schema says it to an editor; null where it says nothing. */
  readonly meaning: string | null;
  /** Keys that an object at this place may have, in the schema's order. */
  readonly keys: readonly string[];
}

/** References that are followed for one place: a condition inside conditions is one each, and documents are at most 24 levels deep. */
const REFERENCES_MAX = 100;

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const keysOf = (value: unknown): readonly string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

const definition = (root: unknown, node: unknown): unknown => {
  const reference = member(node, '$ref');
  if (typeof reference !== 'string') return undefined;
  return reference
    .split('/')
    .slice(1)
    .reduce((found, step) => member(found, step), root);
};

/** A node and, for a reference or a union, what it stands for. */
const branchesOf = (root: unknown, node: unknown): readonly unknown[] => {
  const branches: unknown[] = [];
  const open = [node];
  for (let followed = 0; open.length > 0 && followed < REFERENCES_MAX; followed += 1) {
    const next = open.shift();
    branches.push(next);
    const target = definition(root, next);
    if (target !== undefined) open.push(target);
    open.push(...['anyOf', 'oneOf', 'allOf'].flatMap((key) => listed(member(next, key))));
  }
  return branches;
};

const stepInto = (node: unknown, step: string | number): unknown => {
  if (typeof step === 'number') return member(node, 'items');
  return member(member(node, 'properties'), step) ?? member(node, 'additionalProperties');
};

/** The first sentence of a description as a clause: no full stop at its end, a lower-case beginning. What follows is advice for an editor. */
const clause = (description: string): string => {
  const [sentence = ''] = description.split(/\n|\.(?=\s|$)/, 1);
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
};

/** Schemas written out so far; there are as many as there are kinds of files, and writing one takes longer than checking a file. */
const written = new WeakMap<z.ZodType, unknown>();

const writtenOut = (schema: z.ZodType): unknown => {
  const known = written.get(schema) ?? z.toJSONSchema(schema, { target: 'draft-07', io: 'input', reused: 'inline' });
  written.set(schema, known);
  return known;
};

/** Reads a schema as editors see it. */
export const outlineOf = (schema: z.ZodType): ((steps: readonly (string | number)[]) => Outline) => {
  const root = writtenOut(schema);
  return (steps) => {
    const nodes = steps.reduce<readonly unknown[]>(
      (at, step) => at.map((node) => stepInto(node, step)).flatMap((node) => (node === undefined ? [] : branchesOf(root, node))),
      branchesOf(root, root),
    );
    const description =
      steps.length === 0 ? undefined : nodes.map((node) => member(node, 'description')).find((text) => text !== undefined);
    const keys = nodes.flatMap((node) => keysOf(member(node, 'properties')));
    return { meaning: typeof description === 'string' ? clause(description) : null, keys: [...new Set(keys)] };
  };
};
