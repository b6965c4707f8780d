import { Decimal } from '#core/units/decimal.ts';

/**
 * The comparisons a rule may use. The native ones of the rule engine compare decimals as text (`"10" < "9"`), coerce `null` to zero and find
 * substrings; these accept a finite Decimal or an id, and throw for anything else, so that a fact that is missing or no number is never silence.
 */
export class UnusableFact extends Error {
  override readonly name = 'UnusableFact';
}

type Comparison = (fact: Decimal, threshold: Decimal) => boolean;

const DECIMAL_OPERATORS = {
  decimalLessThan: (fact, threshold) => fact.lt(threshold),
  decimalAtMost: (fact, threshold) => fact.lte(threshold),
  decimalEqual: (fact, threshold) => fact.eq(threshold),
  decimalAtLeast: (fact, threshold) => fact.gte(threshold),
  decimalGreaterThan: (fact, threshold) => fact.gt(threshold),
} as const satisfies Readonly<Record<string, Comparison>>;

export type DecimalOperatorName = keyof typeof DECIMAL_OPERATORS;
export type OperatorName = DecimalOperatorName | 'oneOf';

export const OPERATOR_NAMES = [
  'decimalLessThan',
  'decimalAtMost',
  'decimalEqual',
  'decimalAtLeast',
  'decimalGreaterThan',
  'oneOf',
] as const satisfies readonly OperatorName[];

/** When a comparison holds: the fact is … */
export const OPERATOR_MEANINGS = {
  decimalLessThan: 'below the value',
  decimalAtMost: 'at or below the value',
  decimalEqual: 'equal to the value',
  decimalAtLeast: 'at or above the value',
  decimalGreaterThan: 'above the value',
  oneOf: 'exactly one of the ids in the list',
} as const satisfies Readonly<Record<OperatorName, string>>;

/** Why a value cannot be compared as a number; null when it can. */
export const decimalFactProblem = (value: unknown): string | null => {
  if (value === undefined) return 'is missing';
  if (!Decimal.isDecimal(value)) return 'is not a decimal';
  return value.isFinite() ? null : `is \`${value.toFixed()}\``;
};

/** Why a value cannot be compared as an id; null when it can. */
export const textFactProblem = (value: unknown): string | null => {
  if (value === undefined) return 'is missing';
  return typeof value === 'string' ? null : 'is not an id';
};

const finite = (value: unknown, what: string): Decimal => {
  const problem = decimalFactProblem(value);
  if (problem !== null || !Decimal.isDecimal(value)) throw new UnusableFact(`${what} ${problem ?? 'is not a decimal'}`);
  return value;
};

/** Whether `fact` stands in the relation to `threshold`. Throws `UnusableFact` for anything but finite decimals. */
export const compareDecimals = (operator: DecimalOperatorName, fact: unknown, threshold: unknown): boolean =>
  DECIMAL_OPERATORS[operator](finite(fact, 'the fact'), finite(threshold, 'the threshold'));

/** Whether the id is exactly one of `ids`. Throws `UnusableFact` when the fact is no string or `ids` no list. */
export const isOneOf = (fact: unknown, ids: unknown): boolean => {
  const problem = textFactProblem(fact);
  if (problem !== null) throw new UnusableFact(`the fact ${problem}`);
  if (!Array.isArray(ids)) throw new UnusableFact('the ids are not a list');
  return ids.includes(fact);
};
