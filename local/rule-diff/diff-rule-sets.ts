import { byCodeUnits } from '#core/ordering.ts';
import type { RuleSetReference } from '#core/policy.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { leafChanges } from './leaf-changes.ts';
import { remainingChanges } from './remaining-changes.ts';
import { type RuleChange, SECTIONS } from './rule-change.ts';
import { ruleChanges } from './rule-changes.ts';
import { sourceChanges } from './source-changes.ts';
import { tierChanges } from './tier-changes.ts';
import { wholePartChanges } from './whole-parts.ts';

/** What is not the same in two rule sets. */
export interface RuleSetDifference {
  readonly before: RuleSetReference;
  readonly after: RuleSetReference;
  /** By section, markets last and in code-unit order; empty exactly when the content hashes are equal. */
  readonly changes: readonly RuleChange[];
}

/** Sections, what concerns all before single markets, then subjects; the order within a subject is that in which it was told. */
const byPlace = (a: RuleChange, b: RuleChange): number =>
  SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) ||
  byCodeUnits(a.marketId ?? '', b.marketId ?? '') ||
  (a.marketId === null ? byCodeUnits(a.subject, b.subject) : 0);

/**
 * Compares two rule sets in risk terms. Whatever makes their hashes differ is behind one change at least: what no sentence tells gets a line with its path
 * and both values, so that members which later versions add are never passed over. `notes` and `$schema` are no part of the law and not compared.
 */
export const diffRuleSets = (before: RuleSet, after: RuleSet): RuleSetDifference => {
  const leaves = leafChanges(before, after);
  const ruleSets = { before, after };
  const told = [
    ...tierChanges(ruleSets, leaves),
    ...ruleChanges('margin.rules.json', ruleSets, leaves),
    ...ruleChanges('shortfall.rules.json', ruleSets, leaves),
    ...sourceChanges(leaves),
  ];
  const isTold = new Set(told.flatMap((change) => change.leaves));
  const untold = leaves.filter((leaf) => !isTold.has(leaf));
  const parts = wholePartChanges(ruleSets, untold);
  const isPart = new Set(parts.flatMap((change) => change.leaves));
  const changes = [...told, ...parts, ...remainingChanges(untold.filter((leaf) => !isPart.has(leaf)))];
  return { before: before.reference, after: after.reference, changes: changes.sort(byPlace) };
};
