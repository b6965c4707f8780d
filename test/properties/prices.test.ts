import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import { bankruptcyPrice, bankruptcyValues } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { assess, signed, sizeOf } from '../reference/margin.ts';
import { afterFee, bankruptcyPricesOf, bankruptcyValuesOf, excessAt, liquidationPriceOf } from '../reference/prices.ts';
import { anyLegs, anyStanding, crossPool, isContinuous, poolOver, singlePositionPool } from '../support/arbitraries.ts';
import { assessed, withMark } from '../support/assessed.ts';
import { exactly, expectClosely } from '../support/compare.ts';
import { homogeneouslyScaled } from '../support/homogeneously-scaled.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const QUANTUM = fraction('0.000000000001');

const continuousPool = crossPool.filter(isContinuous);

describe('liquidation price', () => {
  it('is the twin, for every leg of every pool, flat and hedged and short of margin too', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        for (const each of core.positions) {
          const { marketId, side } = each.position;
          expectClosely(liquidationPrice(core, each), liquidationPriceOf(twin, marketId), `liquidation price of ${side} ${marketId}`);
        }
      }),
      propertyRuns(),
    );
  });

  it('leaves a margin excess of zero where margin is continuous', () => {
    fc.assert(
      fc.property(continuousPool, (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        for (const each of core.positions) {
          const price = liquidationPrice(core, each);
          if (price === null) continue;
          const size = assess(twin).notionalValue.plus(total(twin.positions.map((position) => sizeOf(position).times(exactly(price)))));
          const excess = excessAt(twin, each.position.marketId, exactly(price)).absolute();
          expect(excess.isAbove(size.times(fraction('0.0000000000000000000000000000000000000001')))).toBe(false);
        }
      }),
      propertyRuns(),
    );
  });

  it('is the same for both legs of a market', () => {
    fc.assert(
      fc.property(poolOver(2, fc.constant('BOTH')), (poolCase) => {
        const core = assessed(poolCase);
        for (const each of core.positions) {
          const twinLeg = core.positions.find((other) => other.position.marketId === each.position.marketId && other !== each);
          if (twinLeg === undefined) continue;
          expect(liquidationPrice(core, each)?.toFixed()).toBe(liquidationPrice(core, twinLeg)?.toFixed());
        }
      }),
      propertyRuns(),
    );
  });
});

describe('margin excess', () => {
  it('of one position, once short, stays short at every worse mark where margin is continuous', () => {
    fc.assert(
      fc.property(singlePositionPool.filter(isContinuous), fc.integer({ min: 1, max: 999 }), (poolCase, thousandth) => {
        const [market] = poolCase.markets;
        const [position] = poolCase.positions;
        if (market === undefined || position === undefined || !assessed(poolCase).marginExcess.lt(0)) return;
        const mark = fraction(market.markPrice);
        const part = fraction(String(thousandth)).over(fraction('1000'));
        const worse = position.side === 'LONG' ? mark.times(part) : mark.over(part).floorTo(fraction('0.00000001'));
        if (worse.sign() <= 0) return;
        const after = assessed(withMark(poolCase, market.marketId, worse.toDecimalString(20)));
        if (position.side === 'SHORT' && worse.isBelow(mark)) return;
        expect(after.marginExcess.lt(0)).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('bankruptcy price', () => {
  it('is the twin, for every leg of every pool', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const core = assessed(poolCase);
        const twin = bankruptcyPricesOf(referencePool(poolCase));
        for (const [at, each] of core.positions.entries()) {
          const what = `bankruptcy price of ${each.position.side} ${each.position.marketId}`;
          expectClosely(bankruptcyPrice(core, each), twin[at] ?? null, what);
        }
      }),
      propertyRuns(),
    );
  });

  it('leaves exactly nothing of a position closed alone, fee paid', () => {
    fc.assert(
      fc.property(singlePositionPool, (poolCase) => {
        const core = assessed(poolCase);
        const [position] = referencePool(poolCase).positions;
        const [each] = core.positions;
        const price = each === undefined ? null : bankruptcyPrice(core, each);
        if (price === null || position === undefined) return;
        const received = signed(position.side, sizeOf(position)).times(exactly(price)).times(afterFee(position));
        const left = fraction(poolCase.collateral).plus(received).minus(signed(position.side, position.entryValue));
        const size = received.absolute().plus(position.entryValue);
        expect(left.absolute().isAbove(size.times(fraction('0.0000000000000000000000000000000000000001')))).toBe(false);
      }),
      propertyRuns(),
    );
  });

  it('frozen as values is within a quantum a leg of the twin', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const twin = bankruptcyValuesOf(referencePool(poolCase));
        const core = bankruptcyValues(assessed(poolCase));
        expect(core).toHaveLength(twin.length);
        const tolerance = total(twin.map(() => QUANTUM));
        for (const [at, value] of core.entries()) {
          expect(
            exactly(value)
              .minus(twin[at] ?? QUANTUM)
              .absolute()
              .isAbove(tolerance),
          ).toBe(false);
        }
      }),
      propertyRuns(),
    );
  });

  it('closes a pool leg by leg to a balance of exactly zero, in any order', () => {
    fc.assert(
      fc.property(poolOver(3, anyLegs, anyStanding), fc.boolean(), (poolCase, backwards) => {
        const core = assessed(poolCase);
        const values = bankruptcyValues(core);
        const legs = core.positions.map(({ position, market: { terms } }, at) => ({ position, terms, value: values[at] }));
        let pool = core.pool;
        for (const { position, terms, value } of backwards ? legs.toReversed() : legs) {
          if (value === undefined) throw new RangeError('every leg has a bankruptcy value');
          pool = closePosition(pool, terms, position.side, position.quantity, value).pool;
        }
        expect(pool.positions).toHaveLength(0);
        expect(pool.balance.toFixed()).toBe('0');
      }),
      propertyRuns(),
    );
  });
});

describe('prices', () => {
  it('grow k times when prices and money grow k times', () => {
    fc.assert(
      fc.property(crossPool, fc.constantFrom('2', '0.5', '1000', '0.0625'), (poolCase, factor) => {
        const before = assessed(poolCase);
        const after = assessed(homogeneouslyScaled(poolCase, factor));
        const timesFactor = (price: Fraction | null): Fraction | null => (price === null ? null : price.times(fraction(factor)));
        for (const [at, each] of before.positions.entries()) {
          const scaled = after.positions[at];
          if (scaled === undefined) throw new RangeError('scaling keeps every position');
          const liquidation = liquidationPrice(before, each);
          const bankruptcy = bankruptcyPrice(before, each);
          expectClosely(liquidationPrice(after, scaled), timesFactor(liquidation && exactly(liquidation)), 'liquidation price');
          expectClosely(bankruptcyPrice(after, scaled), timesFactor(bankruptcy && exactly(bankruptcy)), 'bankruptcy price');
        }
      }),
      propertyRuns(),
    );
  });
});
