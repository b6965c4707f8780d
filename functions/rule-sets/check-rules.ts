import { depthOf, leavesOf, nodeCount } from './conditions.ts';
import type { FactName } from './facts.ts';
import { type Fault, faultAt, type JsonSource } from './json-source.ts';
import type { Rule } from './rule-set.ts';

/** Conditions inside each other, a lone comparison counting 1: what a person can still read, and far from any stack. */
const CONDITION_DEPTH_MAX = 8;

/** Conditions of one file, comparisons included: one evaluation stays below a millisecond. */
const CONDITION_NODES_MAX = 200;

const repeated = (values: readonly (string | number)[], index: number): boolean => values.indexOf(values[index] ?? '') < index;

const checkUnique = (source: JsonSource, rules: readonly Rule<unknown>[], key: 'name' | 'priority'): readonly Fault[] => {
  const values = rules.map((rule) => rule[key]);
  return values.flatMap((value, index) =>
    repeated(values, index)
      ? [faultAt(source, ['rules', index, key], `${key} \`${value}\` is given to two rules: each needs its own`)]
      : [],
  );
};

const checkSize = (source: JsonSource, rules: readonly Rule<unknown>[]): readonly Fault[] => {
  const tooDeep = rules.flatMap((rule, index) => {
    const depth = depthOf(rule.conditions);
    const message = `conditions are \`${depth}\` deep, more than the limit of \`${CONDITION_DEPTH_MAX}\``;
    return depth > CONDITION_DEPTH_MAX ? [faultAt(source, ['rules', index, 'conditions'], message)] : [];
  });
  const nodes = rules.reduce((total, rule) => total + nodeCount(rule.conditions), 0);
  const message = `\`${nodes}\` conditions are more than the limit of \`${CONDITION_NODES_MAX}\` per file`;
  return nodes > CONDITION_NODES_MAX ? [...tooDeep, faultAt(source, ['rules'], message)] : tooDeep;
};

/** What the schema of a rule file cannot say: unique names and priorities, at most 8 conditions inside each other and 200 in the file. */
export const checkRules = (source: JsonSource, rules: readonly Rule<unknown>[]): readonly Fault[] => [
  ...checkUnique(source, rules, 'name'),
  ...checkUnique(source, rules, 'priority'),
  ...checkSize(source, rules),
];

/** A law without a margin rule would never liquidate anybody. */
export const checkNotEmpty = (source: JsonSource, rules: readonly Rule<unknown>[]): readonly Fault[] =>
  rules.length > 0 ? [] : [faultAt(source, ['rules'], 'expected at least one rule, got an empty list')];

/** Refuses rules that ask about a fact which nothing computes under this rule set: they would never be anything but an error. */
export const checkFactUnused = (source: JsonSource, rules: readonly Rule<unknown>[], fact: FactName, reason: string): readonly Fault[] =>
  rules.flatMap((rule, index) =>
    leavesOf(rule.conditions).some((leaf) => leaf.fact === fact)
      ? [faultAt(source, ['rules', index, 'conditions'], `fact \`${fact}\` has no value: ${reason}`)]
      : [],
  );
