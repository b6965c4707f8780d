import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import { reductionQuantities } from '#core/liquidation/reduction-quantities.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { fractionQuantity } from '../reference/liquidation.ts';
import { notionalAt } from '../reference/margin.ts';
import { portionQuantitiesOf } from '../reference/reduction.ts';
import { oneLeg, poolOver } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { ALL_BY_MARKET, coarsePool, coreSizing, type SizingCase, sizingCase } from '../support/reduction-cases.ts';

const sizes = (poolCase: PoolCase, event: ReductionEvent, sizing: SizingCase = ALL_BY_MARKET) =>
  reductionQuantities(assessed(poolCase), event, coreSizing(sizing), epochMs(0));

const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new RangeError(`there is no item \`${index}\``);
  return item;
};

const portionTexts: Arbitrary<readonly [string, string, string]> = fc.tuple(
  fc.constantFrom('0.1', '0.5', '1'),
  fc.constantFrom('0', '1000', '0.5'),
  fc.constantFrom('1', '1000', '100000', '10000000000'),
);

describe('a portion of an interval', () => {
  it('is what the twin takes: bounded by position and by pool, never more than held', () => {
    let cut = 0;
    fc.assert(
      fc.property(poolOver(3, oneLeg), portionTexts, (poolCase, [part, minimum, maximum]) => {
        const event: ReductionEvent = {
          type: 'REDUCE_BY_PORTION',
          fraction: ratio(decimal(part)),
          minimumNotional: money(decimal(minimum)),
          maximumNotional: money(decimal(maximum)),
          interval: durationMs(1000),
        };
        const { positions } = referencePool(poolCase);
        const twin = portionQuantitiesOf(positions, {
          fraction: fraction(part),
          minimum: fraction(minimum),
          maximum: fraction(maximum),
        });
        let taken = fraction('0');
        for (const [index, close] of sizes(poolCase, event).entries()) {
          const position = at(positions, index);
          expectExactly(close, at(twin, index), `position ${index}`);
          taken = taken.plus(notionalAt({ ...position, quantity: exactly(close) }, position.market.markPrice));
          if (exactly(close).isBelow(fractionQuantity(position, fraction(part)))) cut += 1;
        }
        expect(taken.isAbove(fraction(maximum)), 'more than the pool may give').toBe(false);
      }),
      propertyRuns(),
    );
    expect(cut).toBeGreaterThan(100);
  });
});

const anyEvent: Arbitrary<ReductionEvent> = fc.constantFrom(
  { type: 'REDUCE_TO_TIER', tiers: 2 },
  { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.2')), cooldown: null },
  { type: 'REDUCE_TO_RECOVERY', minimumShortage: money(decimal('0')), minimumNotional: money(decimal('0')) },
);

describe('one position at a time', () => {
  it('closes of one position alone what it would have closed of it among all', () => {
    fc.assert(
      fc.property(coarsePool(), sizingCase, anyEvent, (poolCase, sizing, event) => {
        const all = sizes(poolCase, event, { ...sizing, atOnce: 'ALL' });
        const one = sizes(poolCase, event, { ...sizing, atOnce: 'ONE' });
        const closed = one.flatMap((close, index) => (close.isZero() ? [] : [index]));
        expect(closed.length).toBe(all.some((close) => close.gt(0)) ? 1 : 0);
        for (const index of closed) expect(at(one, index).toFixed()).toBe(at(all, index).toFixed());
      }),
      propertyRuns(),
    );
  });
});

describe('a portion at its bounds', () => {
  /** 1.0005 contracts at 100, in lots of 0.001. */
  const oddPool: PoolCase = {
    collateral: '1',
    markets: [
      {
        marketId: 'AAA',
        multiplier: '1',
        markPrice: '100',
        takerFeeRate: '0',
        tickSize: '0.1',
        lotSize: '0.001',
        form: 'DEDUCTION',
        tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.05', maintenanceAmount: null }],
      },
    ],
    positions: [{ marketId: 'AAA', side: 'LONG', quantity: '1.0005', entryValue: '100' }],
  };

  it.each([
    ['100.05', '1.0005'],
    ['100.04', '1'],
    ['0.1', '0.001'],
    ['0.09', '0'],
  ])('of a whole position, the pool giving at most %s, is %s', (maximum, closed) => {
    const event: ReductionEvent = {
      type: 'REDUCE_BY_PORTION',
      fraction: ratio(decimal('1')),
      minimumNotional: money(decimal('0')),
      maximumNotional: money(decimal(maximum)),
      interval: durationMs(1000),
    };
    expect(sizes(oddPool, event).map((close) => close.toFixed())).toEqual([closed]);
  });

  it('an equal share that brings the margin ratio to the bound exactly is not enough', () => {
    const pool = { ...oddPool, collateral: '2.5', positions: [{ ...at(oddPool.positions, 0), quantity: '1' }] };
    const event: ReductionEvent = {
      type: 'REDUCE_EQUALLY',
      shares: ['0.5', '0.6'].map((share) => ratio(decimal(share))),
      marginRatioBelow: ratio(decimal('1')),
    };
    expect(sizes(pool, event).map((close) => close.toFixed())).toEqual(['0.6']);
  });
});
