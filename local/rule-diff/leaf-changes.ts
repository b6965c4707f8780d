import { present } from '#core/invariant.ts';
import { canonicalJson } from '#rule-sets/content-hash.ts';
import { isRuleFileName, RULE_FILES, type RuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { isBelow, isObject, type JsonLeaf, jsonLeaves, ORDER, type Step } from './json-leaves.ts';
import { schemaNote } from './schema-notes.ts';

/** One value of one file that is not the same in two rule sets. */
export interface LeafChange {
  readonly file: RuleFileName;
  readonly key: readonly Step[];
  /** In the later rule set; in the earlier one where it is gone. */
  readonly path: readonly Step[];
  /** As written; undefined where it is not given. */
  readonly before: unknown;
  readonly after: unknown;
  /** What the schema says about it; null where it says nothing. */
  readonly description: string | null;
  /** What a value that is not given stands for; undefined for nothing. */
  readonly default: unknown;
}

type Leaves = ReadonlyMap<string, JsonLeaf>;

const leavesByKey = (ruleSet: RuleSet, file: RuleFileName): Leaves =>
  new Map(jsonLeaves(ruleSet.files[file]).map((leaf) => [JSON.stringify(leaf.key), leaf]));

const sameValue = (a: JsonLeaf | undefined, b: JsonLeaf | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalJson(a.value) === canonicalJson(b.value);

const isEmpty = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** Null or an empty list, where the other rule set has members in its place: they are changes themselves and say it all. */
const isFilledIn = (leaf: JsonLeaf | undefined, others: Leaves): boolean =>
  leaf !== undefined && isEmpty(leaf.value) && [...others.values()].some(({ key }) => isBelow(key, leaf.key));

const shared = (ids: unknown, others: unknown): readonly unknown[] =>
  Array.isArray(ids) && Array.isArray(others) ? ids.filter((id) => others.includes(id)) : [];

/** An order that differs only by what was added to the list or taken from it. */
const isSameOrder = (before: JsonLeaf | undefined, after: JsonLeaf | undefined): boolean =>
  canonicalJson(shared(before?.value, after?.value)) === canonicalJson(shared(after?.value, before?.value));

const changesIn = (file: RuleFileName, before: Leaves, after: Leaves): readonly LeafChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [from, to] = [before.get(key), after.get(key)];
    const leaf = present(to ?? from, 'a key comes from a leaf');
    if (sameValue(from, to)) return [];
    if (leaf.key.at(-1) === ORDER && isSameOrder(from, to)) return [];
    if (to === undefined && isFilledIn(from, after)) return [];
    if (from === undefined && isFilledIn(to, before)) return [];
    return [{ file, key: leaf.key, path: leaf.path, before: from?.value, after: to?.value, ...schemaNote(file, leaf.path) }];
  });

/** Every value that differs between two rule sets, file by file; none exactly when their content hashes are equal. */
export const leafChanges = (before: RuleSet, after: RuleSet): readonly LeafChange[] =>
  Object.keys(RULE_FILES)
    .filter(isRuleFileName)
    .flatMap((file) => changesIn(file, leavesByKey(before, file), leavesByKey(after, file)));
