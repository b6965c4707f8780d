import { canonicalJson } from '#rule-sets/content-hash.ts';
import { DELEVERAGING_WORDINGS } from './deleveraging-wordings.ts';
import { EXECUTION_WORDINGS, SHORTFALL_WORDINGS } from './execution-wordings.ts';
import { FUND_WORDINGS } from './fund-wordings.ts';
import { changeOf, generalLine } from './general-line.ts';
import { counted } from './in-words.ts';
import type { LeafChange } from './leaf-changes.ts';
import { MANIFEST_WORDINGS } from './manifest-wordings.ts';
import type { RuleChange, Said, Section } from './rule-change.ts';
import { RULE_WORDINGS } from './rule-wordings.ts';
import { SAFEGUARD_WORDINGS } from './safeguard-wordings.ts';
import { TIER_POLICY_WORDINGS } from './tier-policy-wordings.ts';
import { type Unit, unitOf } from './unit-of-leaf.ts';
import { isSameNumber, type Wordings } from './wording.ts';

const WORDINGS: Readonly<Record<Section, Wordings>> = {
  FUND: FUND_WORDINGS,
  DELEVERAGING: DELEVERAGING_WORDINGS,
  SAFEGUARDS: SAFEGUARD_WORDINGS,
  MARGIN_RULES: RULE_WORDINGS,
  EXECUTION: EXECUTION_WORDINGS,
  SHORTFALL_RULES: { ...RULE_WORDINGS, ...SHORTFALL_WORDINGS },
  RULE_SET: MANIFEST_WORDINGS,
  TIERS: TIER_POLICY_WORDINGS,
};

/** A value that is not given is its default. */
const given = (value: unknown, fallback: unknown): unknown => (value === undefined && fallback !== undefined ? fallback : value);

/** Whether the two values are one, however they are written; a version or a text is what is written. */
const isNotation = (section: Section, leaf: LeafChange): boolean => {
  const [before, after] = [given(leaf.before, leaf.default), given(leaf.after, leaf.default)];
  if (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after)) return true;
  return section !== 'RULE_SET' && isSameNumber(before, after);
};

const saidOf = ({ section, rest }: Unit, leaf: LeafChange): Said => {
  const path = rest.join('.');
  const wordings = WORDINGS[section];
  const wording = Object.hasOwn(wordings, path) ? wordings[path] : undefined;
  return wording?.(given(leaf.before, leaf.default), given(leaf.after, leaf.default)) ?? generalLine(rest, leaf);
};

const notationSaid = (rest: Unit['rest'], leaf: LeafChange): Said => {
  const isDefault = leaf.before === undefined || leaf.after === undefined;
  return { ...generalLine(rest, leaf), effect: isDefault ? 'what it is when not given' : 'the same value, written differently' };
};

/** Differences of notation that one unit names one by one; more are counted. */
const NOTATIONS_NAMED_MAX = 3;

const notationChanges = (those: readonly LeafChange[]): readonly RuleChange[] => {
  const [first] = those;
  if (first === undefined) return [];
  if (those.length <= NOTATIONS_NAMED_MAX)
    return those.map((leaf) => changeOf(unitOf(leaf), notationSaid(unitOf(leaf).rest, leaf), [leaf]));
  const said = { what: `${counted(those.length, 'value')} are written differently`, effect: 'they are the same values' };
  return [changeOf(unitOf(first), said, those)];
};

/** One line for every value that no other sentence told: in words where there are some for it, else as it is written. */
export const remainingChanges = (leaves: readonly LeafChange[]): readonly RuleChange[] => {
  const [notation = [], others = []] = [true, false].map((wanted) =>
    leaves.filter((leaf) => isNotation(unitOf(leaf).section, leaf) === wanted),
  );
  const byUnit = Map.groupBy(notation, (leaf) => JSON.stringify([leaf.file, unitOf(leaf).subject]));
  return [
    ...others.map((leaf) => changeOf(unitOf(leaf), saidOf(unitOf(leaf), leaf), [leaf])),
    ...[...byUnit.values()].flatMap(notationChanges),
  ];
};
