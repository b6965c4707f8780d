import { Decimal } from '#core/units/decimal.ts';
import { type Facts, factDefinition } from './facts.ts';
import { decimalFactProblem, textFactProblem } from './operators.ts';
import type { Condition, Leaf } from './rule-set.ts';

/** Conditions directly below a node; none below a leaf. */
export const childrenOf = (condition: Condition): readonly Condition[] => {
  if ('all' in condition) return condition.all;
  if ('any' in condition) return condition.any;
  return 'not' in condition ? [condition.not] : [];
};

/** Every leaf of a tree, from left to right. */
export const leavesOf = (condition: Condition): readonly Leaf[] =>
  'fact' in condition ? [condition] : childrenOf(condition).flatMap(leavesOf);

/** Nodes of a tree, leaves included. */
export const nodeCount = (condition: Condition): number => childrenOf(condition).reduce((total, child) => total + nodeCount(child), 1);

/** Conditions inside each other, counted from 1: a lone leaf has depth 1, `all` over leaves 2, `all` over a `not` 3. */
export const depthOf = (condition: Condition): number =>
  1 + childrenOf(condition).reduce((depth, child) => Math.max(depth, depthOf(child)), 0);

/** Why a leaf cannot be decided on these facts, such as ``fact `marginRatio` is missing``; null when it can. */
export const leafProblem = (leaf: Leaf, facts: Facts): string | null => {
  const value = facts.get(leaf.fact);
  const problem = factDefinition(leaf.fact).kind === 'decimal' ? decimalFactProblem(value) : textFactProblem(value);
  return problem === null ? null : `fact \`${leaf.fact}\` ${problem}`;
};

/** The first problem of a tree's leaves; null when every fact it touches can be used. */
export const conditionProblem = (condition: Condition, facts: Facts): string | null =>
  leavesOf(condition).reduce<string | null>((problem, leaf) => problem ?? leafProblem(leaf, facts), null);

/** A fact's value at rest: decimals without exponent. */
export const factText = (value: Decimal | string): string => (Decimal.isDecimal(value) ? value.toFixed() : value);
