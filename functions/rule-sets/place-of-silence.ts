import { explainRules } from './explain-rules.ts';
import type { Facts } from './facts.ts';
import { conditionsPath, conjunctsOf, type JsonPath } from './placed-conditions.ts';
import type { Condition, Rule } from './rule-set.ts';

const holds = (condition: Condition, facts: Facts): boolean =>
  explainRules([{ name: 'asked', priority: 1, conditions: condition, event: null }], facts).every(({ outcome }) => outcome === 'FIRED');

/**
 * Where a person would look when none of the rules that were meant to answer these facts does: at the one condition that keeps the rule of lowest priority
 * silent, at its conditions when there are several, at the list when there is no such rule.
 */
export const placeOfSilence = (rules: readonly Rule<unknown>[], answering: readonly Rule<unknown>[], facts: Facts): JsonPath => {
  const last = answering.reduce<Rule<unknown> | undefined>(
    (low, each) => (low === undefined || each.priority < low.priority ? each : low),
    undefined,
  );
  if (last === undefined) return ['rules'];
  const path = conditionsPath(rules.indexOf(last));
  const silent = conjunctsOf(last.conditions, path).filter(({ condition }) => !holds(condition, facts));
  const [only] = silent;
  return only !== undefined && silent.length === 1 ? only.path : path;
};
