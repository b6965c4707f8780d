import { withThousands } from '#local/thousands.ts';
import { leavesOf } from '#rule-sets/conditions.ts';
import type { OperatorName } from '#rule-sets/operators.ts';
import type { Condition, Leaf } from '#rule-sets/rule-set.ts';
import { listed, quoted, words } from './in-words.ts';

const OPERATORS: Readonly<Record<OperatorName, string>> = {
  decimalLessThan: 'below',
  decimalAtMost: 'at or below',
  decimalEqual: 'exactly',
  decimalAtLeast: 'at or above',
  decimalGreaterThan: 'above',
  oneOf: 'one of',
};

const valueWords = ({ value }: Leaf): string => (typeof value === 'string' ? withThousands(value) : listed(value.map(quoted)));

/** `margin ratio at or above 0.8`. */
const leafWords = (leaf: Leaf): string => `${words(leaf.fact)} ${OPERATORS[leaf.operator]} ${valueWords(leaf)}`;

/** Comparisons that are still read as a sentence; more are counted. */
const COMPARISONS_MAX = 8;

const groupWords = (children: readonly Condition[], between: ' and ' | ' or '): string =>
  children.map((child) => ('fact' in child || 'not' in child ? treeWords(child) : groupedWords(child))).join(between);

const groupedWords = (condition: Condition): string => {
  const children = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  return children.length > 1 ? `(${treeWords(condition)})` : treeWords(condition);
};

const treeWords = (condition: Condition): string => {
  if ('all' in condition) return groupWords(condition.all, ' and ');
  if ('any' in condition) return groupWords(condition.any, ' or ');
  return 'not' in condition ? `not ${leafWords(condition.not)}` : leafWords(condition);
};

/** A condition as the end of a sentence that begins with `when`. */
export const conditionWords = (condition: Condition): string => {
  const count = leavesOf(condition).length;
  return count > COMPARISONS_MAX ? `a condition of ${count} comparisons holds` : treeWords(condition);
};

/** One comparison that became another: `margin ratio at or above 0.8 → 0.7`, as far as the two are alike. */
export const leafChangeWords = (before: Leaf, after: Leaf): string => {
  if (before.fact !== after.fact) return `${leafWords(before)} → ${leafWords(after)}`;
  if (before.operator === after.operator) return `${leafWords(before)} → ${valueWords(after)}`;
  return `${leafWords(before)} → ${OPERATORS[after.operator]} ${valueWords(after)}`;
};
