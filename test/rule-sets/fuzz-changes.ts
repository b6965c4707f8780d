import type { RandomSource } from '#local/book-generator/random-source.ts';
import { grownCondition, holdsCondition } from './fuzz-conditions.ts';
import { below, pick } from './fuzz-draws.ts';
import { KEYS, kinOf, SCALARS } from './fuzz-scalars.ts';
import { changedAt, type Entry, entriesOf, type Member, placeOf, scalar, type Tree } from './fuzz-tree.ts';

/** A document after one change, and what was done, for a person. */
export interface Changed<Document> {
  readonly document: Document;
  readonly told: string;
}

const swappedLetters = (random: RandomSource, key: string): string => {
  const at = 1 + below(random, Math.max(1, key.length - 2));
  const letter = key.charAt(at);
  return pick(random, [
    key.slice(0, at) + key.slice(at + 1),
    key.slice(0, at) + letter + key.slice(at),
    key.slice(0, at) + (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()) + key.slice(at + 1),
  ]);
};

const retyped = (text: string): string => (text.startsWith('"') ? text.slice(1, -1) || '""' : JSON.stringify(text));

/** A decimal moved by one in one of its digits, or by a digit more. */
const nudged = (random: RandomSource, text: string): string => {
  const digits = [...text.matchAll(/\d/g)].map((match) => match.index);
  const at = digits[below(random, digits.length)];
  if (at === undefined) return text;
  const moved = (Number(text.charAt(at)) + pick(random, [1, 9])) % 10;
  return random.fraction() < 0.8 ? `${text.slice(0, at)}${moved}${text.slice(at + 1)}` : `${text.slice(0, at)}${moved}${text.slice(at)}`;
};

/** Distinct words of the shipped files: names of choices, so that a swap is often a law that somebody could mean. */
export const wordsOf = (documents: readonly Tree[]): readonly string[] => [
  ...new Set(
    documents
      .flatMap(entriesOf)
      .flatMap(({ member }) => (member.tree.kind === 'SCALAR' && member.tree.text.length < 60 ? [member.tree.text] : [])),
  ),
];

const named = (key: string, tree: Tree): Member => ({ key, tree });
const listed = (tree: Tree): Member => ({ key: null, tree });

const wrapped = (random: RandomSource, tree: Tree): Tree => {
  const key = pick(random, ['"all"', '"any"', '"not"']);
  const inside: Tree =
    key === '"not"' ? tree : { kind: 'LIST', members: [listed(tree), ...(random.fraction() < 0.3 ? [listed(tree)] : [])] };
  return { kind: 'OBJECT', members: [named(key, inside)] };
};

const times = <Value>(count: number, value: Value): readonly Value[] => Array.from({ length: count }, () => value);

/** What a change does with one entry; `other` is another entry of the same document, `words` are scalars of all documents. */
type Change = (random: RandomSource, member: Member, other: Member, words: readonly string[]) => readonly Member[];

const CHANGES = {
  delete: () => [],
  duplicate: (random, member) => times(pick(random, [2, 2, 3]), member),
  widen: (random, member) => times(pick(random, [101, 201, 400]), member),
  transplant: (_random, member, other) => [{ ...member, tree: other.tree }],
  exchange: (_random, member, other) => [{ ...other, key: member.key === null ? null : (other.key ?? member.key) }],
  append: (_random, member, other) => [member, { key: member.key === null ? null : (other.key ?? member.key), tree: other.tree }],
  retype: (_random, member) => [member.tree.kind === 'SCALAR' ? { ...member, tree: scalar(retyped(member.tree.text)) } : member],
  extreme: (random, member) => [{ ...member, tree: scalar(pick(random, SCALARS)) }],
  word: (random, member, _other, words) => [{ ...member, tree: scalar(pick(random, words)) }],
  kin: (random, member, _other, words) => [
    member.tree.kind === 'SCALAR' ? { ...member, tree: scalar(pick(random, kinOf(member.tree.text, words))) } : member,
  ],
  nudge: (random, member) => [member.tree.kind === 'SCALAR' ? { ...member, tree: scalar(nudged(random, member.tree.text)) } : member],
  misspell: (random, member) => [member.key === null ? member : { ...member, key: swappedLetters(random, member.key) }],
  rekey: (random, member) => [member.key === null ? member : { ...member, key: pick(random, KEYS) }],
  intrude: (random, member, other) => [member, member.key === null ? listed(other.tree) : named(pick(random, KEYS), other.tree)],
  annotate: (random, member, other) => [
    member,
    ...(member.key === null ? [] : [named(pick(random, ['"notes"', '"$schema"']), other.tree)]),
  ],
  grow: (random, member) => [{ ...member, tree: grownCondition(random, member.tree) }],
  wrap: (random, member) => [{ ...member, tree: wrapped(random, member.tree) }],
  bury: (random, member) => [
    { ...member, tree: times(pick(random, [4, 7, 8, 9, 26]), 0).reduce<Tree>((tree) => wrapped(random, tree), member.tree) },
  ],
} satisfies Readonly<Record<string, Change>>;

type ChangeName = keyof typeof CHANGES;

const isChangeName = (name: string): name is ChangeName => Object.hasOwn(CHANGES, name);

const CHANGE_NAMES = Object.keys(CHANGES).filter(isChangeName);

/** Changes that often leave a law which is still one. */
const GENTLE: readonly ChangeName[] = [
  'nudge',
  'nudge',
  'word',
  'kin',
  'kin',
  'kin',
  'grow',
  'grow',
  'wrap',
  'annotate',
  'delete',
  'transplant',
];

const isScalar = ({ tree }: Member): boolean => tree.kind === 'SCALAR';
const hasKey = ({ key }: Member): boolean => key !== null;

/** What some changes are for; any other entry they would leave as it is. */
const AIMS: Partial<Readonly<Record<ChangeName, (member: Member) => boolean>>> = {
  grow: holdsCondition,
  kin: isScalar,
  nudge: isScalar,
  retype: isScalar,
  misspell: hasKey,
  rekey: hasKey,
  annotate: hasKey,
};

/** Mostly an entry of the same kind: a scalar is swapped for a scalar, an object for an object. */
const partner = (random: RandomSource, entries: readonly Entry[], { tree }: Member): Member => {
  const alike = random.fraction() < 0.7 ? entries.filter((entry) => entry.member.tree.kind === tree.kind) : entries;
  return pick(random, alike).member;
};

/** One drawn change of a document that knows its structure. */
export const changeTree = (random: RandomSource, tree: Tree, words: readonly string[]): Changed<Tree> => {
  const entries = entriesOf(tree);
  const name = pick(random, random.fraction() < 0.5 ? GENTLE : CHANGE_NAMES);
  const aim = AIMS[name];
  const aimedAt = aim === undefined ? entries : entries.filter(({ member }) => aim(member));
  const { trail, member: changed } = pick(random, aimedAt.length > 0 ? aimedAt : entries);
  const other = partner(random, entries, changed);
  const change: Change = CHANGES[name];
  return { document: changedAt(tree, trail, (member) => change(random, member, other, words)), told: `${name} at ${placeOf(tree, trail)}` };
};
