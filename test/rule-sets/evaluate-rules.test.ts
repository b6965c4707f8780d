import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import { explainRules } from '#rule-sets/explain-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { compareDecimals, isOneOf, UnusableFact } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anyFacts, anyLeaf, anyRules } from './arbitrary-rules.ts';

const leaf = (fact: Leaf['fact'], operator: Leaf['operator'], value: string): Leaf => ({
  fact,
  operator,
  value,
  threshold: new Decimal(value),
});

const rule = (name: string, priority: number, conditions: Condition): Rule<string> => ({
  name,
  priority,
  conditions,
  event: name.toUpperCase(),
});

const facts = (values: Readonly<Record<string, string | number>>): Facts =>
  new Map(Object.entries(values).map(([name, value]) => [name, new Decimal(value)]));

const outcomes = async (rules: readonly Rule<string>[], known: Facts): Promise<readonly string[]> =>
  (await evaluateRules(rules, known)).map(
    (verdict) => `${verdict.rule} ${verdict.outcome}${verdict.error === null ? '' : `: ${verdict.error}`}`,
  );

const below = leaf('marginExcess', 'decimalLessThan', '0');
const tiered = leaf('tierIndex', 'decimalGreaterThan', '0');

describe('verdicts', () => {
  it('come by priority, highest first, with the event of the rule', async () => {
    const verdicts = await evaluateRules(
      [rule('a', 1, below), rule('c', 30, { not: below }), rule('b', 2, { all: [below] })],
      facts({ marginExcess: -1 }),
    );
    expect(verdicts).toEqual([
      { rule: 'c', priority: 30, event: 'C', outcome: 'SILENT', error: null },
      { rule: 'b', priority: 2, event: 'B', outcome: 'FIRED', error: null },
      { rule: 'a', priority: 1, event: 'A', outcome: 'FIRED', error: null },
    ]);
  });

  it('compare as numbers, not as text', async () => {
    const known = facts({ marginExcess: '10' });
    expect(
      await outcomes(
        [rule('a', 1, leaf('marginExcess', 'decimalLessThan', '9')), rule('b', 2, leaf('marginExcess', 'decimalEqual', '10.0'))],
        known,
      ),
    ).toEqual(['b FIRED', 'a SILENT']);
  });

  it('row 18: are ERROR where a fact is missing, never silence', async () => {
    expect(await outcomes([rule('a', 1, { not: below })], new Map())).toEqual(['a ERROR: fact `marginExcess` is missing']);
  });

  it.each([
    ['NaN', new Decimal(Number.NaN), 'is `NaN`'],
    ['Infinity', new Decimal(Number.POSITIVE_INFINITY), 'is `Infinity`'],
    ['text', '-5', 'is not a decimal'],
  ])('row 19: are ERROR where a fact is %s, below a `not` too', async (_claim, value, problem) => {
    const known = new Map<string, Decimal | string>([['marginExcess', value]]);
    expect(await outcomes([rule('a', 2, below), rule('b', 1, { not: below })], known)).toEqual([
      `a ERROR: fact \`marginExcess\` ${problem}`,
      `b ERROR: fact \`marginExcess\` ${problem}`,
    ]);
  });

  it('are ERROR even where another branch of an `any` would decide alone', async () => {
    expect(await outcomes([rule('a', 1, { any: [below, tiered] })], facts({ marginExcess: -1 }))).toEqual([
      'a ERROR: fact `tierIndex` is missing',
    ]);
  });

  it('of one rule do not depend on the error of another', async () => {
    expect(await outcomes([rule('a', 3, tiered), rule('b', 2, below), rule('c', 1, { not: below })], facts({ marginExcess: -1 }))).toEqual([
      'a ERROR: fact `tierIndex` is missing',
      'b FIRED',
      'c SILENT',
    ]);
  });

  it('of one rule do not depend on another that breaks the engine itself', async () => {
    const unparsed: Leaf = { ...below, value: '7', threshold: null };
    expect(await outcomes([rule('a', 3, unparsed), rule('b', 2, below)], facts({ marginExcess: -1 }))).toEqual([
      'a ERROR: the threshold is not a decimal',
      'b FIRED',
    ]);
  });

  it('are none for no rules', async () => expect(await evaluateRules([], new Map())).toEqual([]));

  it('of a hundred pools asked at once are those of each asked alone', async () => {
    const rules = [rule('a', 3, tiered), rule('b', 2, below), rule('c', 1, { not: below })];
    const pools = Array.from({ length: 100 }, (_, index) => facts({ marginExcess: index % 2 === 0 ? -1 : 1, tierIndex: index % 3 }));
    const together = await Promise.all(pools.map((pool) => evaluateRules(rules, pool)));
    for (const [index, pool] of pools.entries()) expect(together[index]).toEqual(await evaluateRules(rules, pool));
  });

  it('are those that an explanation gives, for any rules and any facts', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyRules(anyLeaf), anyFacts, async (rules, known) => {
        const verdicts = await evaluateRules(rules, known);
        for (const { outcome } of verdicts) seen.add(outcome);
        expect(explainRules(rules, known).map(({ rule: name, priority, outcome }) => ({ name, priority, outcome }))).toEqual(
          verdicts.map(({ rule: name, priority, outcome }) => ({ name, priority, outcome })),
        );
      }),
      propertyRuns(),
    );
    expect([...seen].sort()).toEqual(['ERROR', 'FIRED', 'SILENT']);
  });
});

describe('an explanation', () => {
  it('shows each comparison with the value of its fact', () => {
    const [explained] = explainRules([rule('reduce', 1, { all: [below, { not: tiered }] })], facts({ marginExcess: '-0.5' }));
    expect(explained?.condition).toEqual({
      kind: 'ALL',
      outcome: 'UNKNOWN',
      children: [
        {
          kind: 'COMPARISON',
          outcome: 'HOLDS',
          fact: 'marginExcess',
          factValue: '-0.5',
          operator: 'decimalLessThan',
          value: '0',
          problem: null,
        },
        {
          kind: 'NOT',
          outcome: 'UNKNOWN',
          children: [
            {
              kind: 'COMPARISON',
              outcome: 'UNKNOWN',
              fact: 'tierIndex',
              factValue: null,
              operator: 'decimalGreaterThan',
              value: '0',
              problem: 'fact `tierIndex` is missing',
            },
          ],
        },
      ],
    });
  });
});

describe('operators', () => {
  it('refuse what is no finite decimal, on either side', () => {
    for (const value of [undefined, null, 1, '1', Number.NaN, new Decimal(Number.NaN), new Decimal(Number.NEGATIVE_INFINITY)]) {
      expect(() => compareDecimals('decimalLessThan', value, new Decimal(1))).toThrow(UnusableFact);
      expect(() => compareDecimals('decimalLessThan', new Decimal(1), value)).toThrow(UnusableFact);
    }
  });

  it('find whole ids, not parts of them', () => {
    expect(isOneOf('BTC', ['BTC-PERP'])).toBe(false);
    expect(isOneOf('BTC', ['ETH', 'BTC'])).toBe(true);
    expect(() => isOneOf('BTC', 'BTC-PERP')).toThrow(UnusableFact);
    expect(() => isOneOf(undefined, ['BTC'])).toThrow(UnusableFact);
  });
});
