import { Decimal } from '#core/units/decimal.ts';
import type { FactName, Facts } from '#rule-sets/facts.ts';
import type { Leaf } from '#rule-sets/rule-set.ts';

/** A comparison as the schema would read it. */
export const leafOf = (fact: FactName, operator: Leaf['operator'], value: Leaf['value']): Leaf => ({
  fact,
  operator,
  value,
  threshold: typeof value === 'string' ? new Decimal(value) : null,
});

export const decimalIn = (facts: Facts, name: FactName): Decimal => {
  const value = facts.get(name);
  if (!Decimal.isDecimal(value)) throw new Error(`${name} is no decimal`);
  return value;
};
