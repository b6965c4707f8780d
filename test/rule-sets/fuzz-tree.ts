/**
 * A JSON document that may hold what no value can: keys given twice, numbers that no double holds, scalars that are no JSON at all. A key and a scalar
 * are kept as they are written.
 */
export type Tree =
  | { readonly kind: 'SCALAR'; readonly text: string }
  | { readonly kind: 'OBJECT' | 'LIST'; readonly members: readonly Member[] };

/** One entry of a container; `key` is null in a list and at the root. */
export interface Member {
  readonly key: string | null;
  readonly tree: Tree;
}

/** Positions from the root to an entry. */
export type Trail = readonly number[];

export const scalar = (text: string): Tree => ({ kind: 'SCALAR', text });

/** The tree of a parsed value. */
export const treeOf = (value: unknown): Tree => {
  if (Array.isArray(value)) return { kind: 'LIST', members: value.map((item) => ({ key: null, tree: treeOf(item) })) };
  if (typeof value !== 'object' || value === null) return scalar(JSON.stringify(value));
  return { kind: 'OBJECT', members: Object.entries(value).map(([key, member]) => ({ key: JSON.stringify(key), tree: treeOf(member) })) };
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');

/** The document as a person would lay it out, an entry to a line. */
export const textOf = (tree: Tree): string => {
  if (tree.kind === 'SCALAR') return tree.text;
  const [open, close] = tree.kind === 'OBJECT' ? ['{', '}'] : ['[', ']'];
  const entries = tree.members.map((member) => `${member.key === null ? '' : `${member.key}: `}${textOf(member.tree)}`);
  return entries.length === 0 ? `${open}${close}` : `${open}\n  ${indented(entries.join(',\n'))}\n${close}`;
};

const membersOf = (tree: Tree): readonly Member[] => (tree.kind === 'SCALAR' ? [] : tree.members);

/** An entry and where it is. */
export interface Entry {
  readonly trail: Trail;
  readonly member: Member;
}

const collect = (entry: Entry, entries: Entry[]): void => {
  entries.push(entry);
  for (const [position, member] of membersOf(entry.member.tree).entries()) collect({ trail: [...entry.trail, position], member }, entries);
};

/** Every entry, the root first. */
export const entriesOf = (tree: Tree): readonly Entry[] => {
  const entries: Entry[] = [];
  collect({ trail: [], member: { key: null, tree } }, entries);
  return entries;
};

/** The entry at a trail; the deepest one on the way where the trail leads beyond the tree. */
const memberAt = (tree: Tree, trail: Trail): Member => {
  let member: Member = { key: null, tree };
  for (const position of trail) {
    const next = membersOf(member.tree)[position];
    if (next === undefined) return member;
    member = next;
  }
  return member;
};

const changedMember = (member: Member, trail: Trail, change: (member: Member) => readonly Member[]): readonly Member[] => {
  const [first, ...rest] = trail;
  if (first === undefined) return change(member);
  const { tree } = member;
  if (tree.kind === 'SCALAR') return [member];
  const members = tree.members.flatMap((each, position) => (position === first ? changedMember(each, rest, change) : [each]));
  return [{ ...member, tree: { ...tree, members } }];
};

/** The tree with the entry at a trail put by none, one or several others; the root by the first of them. */
export const changedAt = (tree: Tree, trail: Trail, change: (member: Member) => readonly Member[]): Tree =>
  changedMember({ key: null, tree }, trail, change)[0]?.tree ?? scalar('null');

/** `$.rules[0].priority`, keys as they are written. */
export const placeOf = (tree: Tree, trail: Trail): string => {
  const steps = trail.map((position, depth) => memberAt(tree, trail.slice(0, depth + 1)).key ?? `[${position}]`);
  return ['$', ...steps].join('/').slice(0, 120);
};
