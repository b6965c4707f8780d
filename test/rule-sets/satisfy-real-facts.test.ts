import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawdownState, drawdownOf, trackDrawdown } from '#core/insurance/drawdown.ts';
import type { DrawdownPolicy } from '#core/policy.ts';
import { Decimal, larger, ZERO } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { type FactName, type Facts, factNames } from '#rule-sets/facts.ts';
import { marginFacts } from '#rule-sets/margin-facts.ts';
import type { Condition } from '#rule-sets/rule-set.ts';
import { satisfy } from '#rule-sets/satisfy.ts';
import { crossPool } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { decimalIn, leafOf } from './comparison.ts';

/** A condition that holds for these facts and few others: each named fact as it is, quotients between their neighbours of twelve digits. */
const describing = (facts: Facts, names: readonly FactName[]): Condition => ({
  all: names.flatMap((name) => {
    const value = decimalIn(facts, name);
    if (value.decimalPlaces() <= 12 || !/Ratio|Leverage|Drawdown/.test(name)) return [leafOf(name, 'decimalEqual', value.toFixed())];
    const [least, most] = [Decimal.ROUND_FLOOR, Decimal.ROUND_CEIL].map((rounding) => value.toDecimalPlaces(12, rounding).toFixed());
    return [leafOf(name, 'decimalAtLeast', least ?? ''), leafOf(name, 'decimalAtMost', most ?? '')];
  }),
});

describe('what real facts are', () => {
  it('is never called impossible for a pool', () => {
    const subset = fc.subarray([...factNames('margin')], { minLength: 1 });
    fc.assert(
      fc.property(crossPool, fc.nat(90_000), subset, (poolCase, age, names) => {
        const facts = marginFacts(assessed(poolCase), durationMs(age));
        expect(satisfy(describing(facts, names), factNames('margin')).kind).not.toBe('IMPOSSIBLE');
      }),
      propertyRuns(),
    );
  });

  it('is never called impossible for a fund', () => {
    const amount = fc.integer({ min: -300, max: 300 }).map((cents) => new Decimal(cents).div(100));
    const subset = fc.subarray<FactName>(['fundBalance', 'fundAvailable', 'fundDrawdown'], { minLength: 1 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 4 }), subset, (balance, peak, quarters, names) => {
        const policy: DrawdownPolicy = {
          measure: 'FUND_BALANCE' as const,
          window: durationMs(96),
          trigger: ratio(new Decimal('0.3')),
          release: ratio(new Decimal('0.2')),
          operator: 'AT_LEAST',
          minimumBalance: money(ZERO),
        };
        const before: DrawdownState = { peaks: [{ sliceStart: epochMs(0), peak: money(peak) }], active: false };
        const fundDrawdown = drawdownOf(trackDrawdown(before, policy, money(balance), epochMs(0)), money(balance));
        const fundAvailable = larger(balance, ZERO).times(quarters).div(4);
        const facts = new Map(Object.entries({ fundBalance: balance, fundAvailable, fundDrawdown }));
        expect(satisfy(describing(facts, names), factNames('shortfall')).kind).not.toBe('IMPOSSIBLE');
      }),
      propertyRuns(),
    );
  });
});
