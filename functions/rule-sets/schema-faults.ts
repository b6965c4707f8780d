import type { z } from 'zod';
import type { FormCode } from './form-code.ts';
import { issueCode } from './issue-code.ts';
import { printable } from './printable.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** What one schema issue tells a person; `atKey` when the key itself is wrong. */
export interface DescribedIssue {
  readonly path: Path;
  readonly atKey: boolean;
  readonly code: FormCode;
  readonly message: string;
  /** What stands there; undefined for a missing key and for what no value is to blame for. */
  readonly found: unknown;
  /** The values that could stand there; empty where they cannot be listed. */
  readonly choices: readonly string[];
}

const isStep = (step: PropertyKey): step is string | number => typeof step !== 'symbol';

const memberOf = (value: unknown, step: string | number): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown => path.filter(isStep).reduce(memberOf, root);

/** The value in the way a message names it: `number 0.5`, `string "x"`, `null`, `an object`, `nothing` for a missing key. */
export const describeValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'an object';
  return `${typeof value} ${printable(typeof value === 'string' ? JSON.stringify(value) : String(value))}`;
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  null: 'null',
};

const listOf = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const boundOf = (issue: { readonly origin: string }, bound: string): string =>
  issue.origin === 'array' ? `a list of ${bound}` : issue.origin === 'string' ? `a string of ${bound} characters` : bound;

const expectationOf = (issue: Issue): string | null => {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? listOf(issue.values) : `one of ${listOf(issue.values)}`;
    case 'too_small':
      return boundOf(issue, `at least ${issue.minimum}`);
    case 'too_big':
      return boundOf(issue, `at most ${issue.maximum}`);
    default:
      return null;
  }
};

/** Messages that a schema gives itself begin in lower case; those of the library do not and are replaced. */
const isOwn = (issue: Issue): boolean => /^[a-z`]/.test(issue.message);

const expected = (issue: Issue): string => {
  const expectation = expectationOf(issue);
  return isOwn(issue) || expectation === null ? issue.message : `expected ${expectation}`;
};

/** More digits than a decimal of a document may have: nothing else about it need be wrong, so that the example alone would not say what is. */
const TOO_MANY_DIGITS = /^-?(?:\d{21,}(?:\.\d+)?|\d+\.\d{13,})$/;

const digitsNote = (message: string, value: unknown): string =>
  message.includes('decimal string') && typeof value === 'string' && TOO_MANY_DIGITS.test(value)
    ? ': at most 20 digits before the point and 12 after it'
    : '';

const messageOf = (issue: Issue, value: unknown): string => {
  const message = expected(issue);
  return message.startsWith('expected') ? `${message}, got ${describeValue(value)}${digitsNote(message, value)}` : message;
};

const choicesOf = (issue: Issue): readonly string[] => (issue.code === 'invalid_value' ? issue.values.map(String) : []);

const atValue = (root: unknown, issue: Issue, path: Path): DescribedIssue => {
  const found = valueAt(root, path);
  return { path, atKey: false, code: issueCode(issue, found), message: messageOf(issue, found), found, choices: choicesOf(issue) };
};

/** Outweighs any number of missing keys: another kind of value is a worse fit than an incomplete one. */
const WRONG_KIND = 1000;

/** How badly a branch of a union fits a value's outline: its kind, then the keys it misses and the keys it does not know. */
const misfitOf = (value: unknown, branch: readonly Issue[]): number =>
  branch.reduce((total, issue) => {
    if (issue.code === 'unrecognized_keys') return total + issue.keys.length;
    if (issue.path.length === 0) return issue.code === 'invalid_type' ? total + WRONG_KIND : total;
    return issue.path.length === 1 && valueAt(value, issue.path) === undefined ? total + 1 : total;
  }, 0);

const depthOf = (issue: Issue): number =>
  issue.path.length +
  (issue.code === 'invalid_union' ? Math.max(0, ...issue.errors.map((branch) => Math.max(0, ...branch.map(depthOf)))) : 0);

const deepest = (branch: readonly Issue[]): number => Math.max(0, ...branch.map(depthOf));

type Union = Extract<Issue, { readonly code: 'invalid_union' }>;

/**
 * Of a union's branches the one whose outline fits best says what is wrong; among equals the one that got deepest into the value. When several
 * misfit alike, nobody knows which was meant: then the union's own message, or else the list of what each branch expects.
 */
const describeUnion = (root: unknown, issue: Union, path: Path): readonly DescribedIssue[] => {
  const value = valueAt(root, path);
  const ranked = issue.errors
    .map((branch) => ({ branch, misfit: misfitOf(value, branch), depth: deepest(branch) }))
    .sort((a, b) => a.misfit - b.misfit || b.depth - a.depth);
  const [best, next] = ranked;
  const undecided = best !== undefined && best.misfit > 0 && best.misfit === next?.misfit;
  if (best === undefined || (undecided && isOwn(issue))) return [atValue(root, issue, path)];
  if (!undecided || best.misfit < WRONG_KIND) return best.branch.flatMap((inner) => describe(root, inner, path));
  const expectations = issue.errors.flat().map((inner) => expected(inner).replace(/^expected /, ''));
  return [{ ...atValue(root, issue, path), message: `expected ${[...new Set(expectations)].join(' or ')}, got ${describeValue(value)}` }];
};

const describe = (root: unknown, issue: Issue, base: Path): readonly DescribedIssue[] => {
  const path = [...base, ...issue.path.filter(isStep)];
  if (issue.code === 'invalid_union') return describeUnion(root, issue, path);
  if (issue.code !== 'unrecognized_keys') return [{ ...atValue(root, issue, path), atKey: issue.code === 'invalid_key' }];
  const note = isOwn(issue) ? `: ${issue.message}` : '';
  return issue.keys.map((key) => ({
    path: [...path, key],
    atKey: true,
    code: 'unknown-key',
    message: `unknown key \`${printable(key)}\`${note}`,
    found: undefined,
    choices: [],
  }));
};

/** Turns the issues of one refused document into what a person needs: place, what was expected, what was found. */
export const describeIssues = (root: unknown, issues: readonly Issue[]): readonly DescribedIssue[] =>
  issues.flatMap((issue) => describe(root, issue, []));
