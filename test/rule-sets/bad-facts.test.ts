import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateCompiled } from '#rule-sets/compile-rules.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import type { Leaf } from '#rule-sets/rule-set.ts';

describe('rules that pass are in ERROR, never silent', () => {
  const below: Leaf = { fact: 'marginExcess', operator: 'decimalLessThan', value: '0', threshold: new Decimal(0) };
  const rules = [below, { not: below }].map((conditions, index) => ({
    name: `r${index}`,
    priority: index + 1,
    conditions,
    event: 'LIQUIDATE',
  }));

  it.each([
    ['row 18: when a fact is missing', undefined, 'is missing'],
    ['row 19: when a fact is NaN', new Decimal(Number.NaN), 'is `NaN`'],
    ['row 19: when a fact is Infinity', new Decimal(Number.POSITIVE_INFINITY), 'is `Infinity`'],
    ['row 19: when a fact is -Infinity', new Decimal(Number.NEGATIVE_INFINITY), 'is `-Infinity`'],
  ])('%s', async (_row, value, problem) => {
    const facts = new Map(value === undefined ? [] : [['marginExcess', value] as const]);
    const expected = rules.map(() => ['ERROR', `fact \`marginExcess\` ${problem}`]);
    for (const verdicts of [await evaluateRules(rules, facts), evaluateCompiled(rules, facts)])
      expect(verdicts.map(({ outcome, error }) => [outcome, error])).toEqual(expected);
  });
});
