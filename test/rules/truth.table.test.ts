import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import type { Rule } from '#rule-sets/rule-set.ts';
import { shippedRuleSet } from '../rule-sets/shipped-files.ts';

/** What each rule of the shipped sets says on its border and one quantum (1e-12) either side. */
const QUANTUM = '0.000000000001';

const facts = (values: Readonly<Record<string, string>>): Facts =>
  new Map(Object.entries(values).map(([name, value]) => [name, new Decimal(value)]));

/** Names of the rules that fired; every other rule must be silent. */
const fired = async (rules: readonly Rule<unknown>[], known: Facts): Promise<string> => {
  const verdicts = await evaluateRules(rules, known);
  expect(verdicts.filter(({ outcome }) => outcome === 'ERROR')).toEqual([]);
  return verdicts.flatMap(({ rule, outcome }) => (outcome === 'FIRED' ? [rule] : [])).join(' ');
};

const MARGIN_CASES: readonly (readonly [string, string, string, string, string, string])[] = [
  // marginExcess | tierIndex | marginRatio | house | house-guarded | what it is
  ['1', '0', '0.5', '', '', 'a healthy pool'],
  ['1', '3', '0.5', '', '', 'a healthy pool in a high tier'],
  ['0', '0', '1', '', 'warn', 'exactly at the maintenance margin'],
  [`-${QUANTUM}`, '0', '1', 'liquidate', 'liquidate warn', 'one quantum below it'],
  [QUANTUM, '0', '1', '', 'warn', 'one quantum above it'],
  [`-${QUANTUM}`, '1', '1', 'reduce-to-tier liquidate', 'reduce-to-tier liquidate warn', 'one quantum below it, above tier 0'],
  ['-1', '10', '1.2', 'reduce-to-tier liquidate', 'reduce-to-tier liquidate warn', 'below it, in the highest tier'],
  ['1', '0', '0.8', '', 'warn', 'exactly at the warning'],
  ['1', '0', '0.799999999999', '', '', 'one quantum before the warning'],
  ['1', '0', '0.800000000001', '', 'warn', 'one quantum past the warning'],
  ['-5', '0', '1000000000', 'liquidate', 'liquidate warn', 'an insolvent pool'],
];

describe.each(MARGIN_CASES)('excess %s, tier %s, ratio %s', (marginExcess, tierIndex, marginRatio, house, guarded, what) => {
  const known = facts({ marginExcess, tierIndex, marginRatio });

  it(`house: ${what} fires "${house}"`, async () => {
    expect(await fired(shippedRuleSet('house').margin.rules, known)).toBe(house);
  });

  it(`house-guarded: ${what} fires "${guarded}"`, async () => {
    expect(await fired(shippedRuleSet('house-guarded').margin.rules, known)).toBe(guarded);
  });
});

const SHORTFALL_CASES: readonly (readonly [string, string, string])[] = [
  // shortfall | residualQuantity | fires
  ['0', '0', ''],
  [`-${QUANTUM}`, '0', ''],
  [QUANTUM, '0', 'absorb'],
  ['0', QUANTUM, 'deleverage'],
  ['100', '2', 'absorb deleverage'],
];

describe.each(['house', 'house-guarded'] as const)('%s', (id) => {
  it.each(SHORTFALL_CASES)('shortfall %s and residual %s fire "%s"', async (shortfall, residualQuantity, expected) => {
    expect(await fired(shippedRuleSet(id).shortfall.rules, facts({ shortfall, residualQuantity }))).toBe(expected);
  });

  it('decides with the highest priority: reduce before liquidate, a warning last', () => {
    const order = [...shippedRuleSet(id).margin.rules]
      .sort((a, b) => b.priority - a.priority)
      .map(({ name, priority }) => `${name} ${priority}`);
    expect(order.slice(0, 2)).toEqual(['reduce-to-tier 30', 'liquidate 20']);
    expect(order.slice(2)).toEqual(id === 'house' ? [] : ['warn 10']);
  });

  it('has a row here in which each of its rules fires, and one in which it is silent', () => {
    const margin = MARGIN_CASES.map(([, , , house, guarded]) => (id === 'house' ? house : guarded).split(' '));
    const shortfall = SHORTFALL_CASES.map(([, , names]) => names.split(' '));
    const {
      margin: { rules: marginRules },
      shortfall: { rules: shortfallRules },
    } = shippedRuleSet(id);
    for (const [rules, rows] of [
      [marginRules, margin],
      [shortfallRules, shortfall],
    ] as const)
      for (const { name } of rules) expect(new Set(rows.map((names) => names.includes(name))), name).toEqual(new Set([true, false]));
  });
});
