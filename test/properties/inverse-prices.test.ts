import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import { bankruptcyPrice, bankruptcyValues } from '#core/margin/bankruptcy-price.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { fraction, total } from '../reference/fraction.ts';
import { closeValueAt } from '../reference/liquidation.ts';
import { assess, broughtBy, notionalAt } from '../reference/margin.ts';
import { bankruptcyPricesOf, bankruptcyValuesOf, excessAt, liquidationPriceOf } from '../reference/prices.ts';
import { isContinuous, oneLeg } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { expectAmount, expectPrice, MIXTURES, mixedPool } from '../support/mixed-pools.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const QUANTUM = fraction('0.000000000001');

/** What of an excess or a balance may be left at a price of 64 digits, for each unit of the values that went into it. */
const LEFT_MAX = fraction(`0.${'0'.repeat(29)}1`);

describe.each(MIXTURES)('a pool of %s contracts', (mixture) => {
  it('has the margin of the twin, and an excess of zero where that has one', () => {
    let zeros = 0;
    fc.assert(
      fc.property(mixedPool(mixture), (poolCase) => {
        const core = assessed(poolCase);
        const twin = assess(referencePool(poolCase));
        expectAmount(core.marginBalance, twin.marginBalance, 'margin balance');
        expectAmount(core.maintenanceMargin, twin.maintenanceMargin, 'maintenance margin');
        expectAmount(core.closingFee, twin.closingFee, 'closing fee');
        expectAmount(core.marginExcess, twin.marginExcess, 'margin excess');
        expect(core.marginExcess.isZero()).toBe(twin.marginExcess.sign() === 0);
        expect(core.insolvent).toBe(twin.marginBalance.sign() <= 0);
        if (twin.marginExcess.sign() === 0) zeros += 1;
        for (const [at, each] of core.positions.entries()) {
          const values = twin.positions[at];
          if (values === undefined) throw new RangeError('every position has its values');
          expectAmount(each.notionalValue, values.notionalValue, 'notional value');
          expectAmount(each.unrealizedPnl, values.unrealizedPnl, 'unrealized PnL');
          expectAmount(each.maintenanceMargin, values.maintenanceMargin, 'maintenance margin of the position');
          expect(each.tier.index).toBe(values.tierIndex);
        }
      }),
      propertyRuns(),
    );
    expect(zeros).toBeGreaterThan(0);
  });

  it('has the liquidation prices of the twin, flat and hedged and short of margin too', () => {
    let found = 0;
    fc.assert(
      fc.property(mixedPool(mixture), (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        for (const each of core.positions) {
          const { marketId, side } = each.position;
          const price = liquidationPrice(core, each);
          expectPrice(price, liquidationPriceOf(twin, marketId), `liquidation price of ${side} ${marketId}`);
          if (price !== null) found += 1;
        }
      }),
      propertyRuns(),
    );
    expect(found).toBeGreaterThan(500);
  });

  it('has a margin excess of zero at its liquidation price where margin is continuous', () => {
    fc.assert(
      fc.property(mixedPool(mixture).filter(isContinuous), (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        for (const each of core.positions) {
          const price = liquidationPrice(core, each);
          if (price === null) continue;
          const there = total(twin.positions.map((position) => notionalAt(position, exactly(price))));
          const size = assess(twin).notionalValue.plus(there);
          const excess = excessAt(twin, each.position.marketId, exactly(price)).absolute();
          expect(excess.isAbove(size.times(LEFT_MAX)), `excess ${excess.toDecimalString(60)} at ${price.toFixed()}`).toBe(false);
        }
      }),
      propertyRuns(),
    );
  });

  it('has the bankruptcy prices of the twin, none where that has none', () => {
    let absent = 0;
    fc.assert(
      fc.property(mixedPool(mixture), (poolCase) => {
        const core = assessed(poolCase);
        const twin = bankruptcyPricesOf(referencePool(poolCase));
        for (const [at, each] of core.positions.entries()) {
          const what = `bankruptcy price of ${each.position.side} ${each.position.marketId}`;
          const price = bankruptcyPrice(core, each);
          expectPrice(price, twin[at] ?? null, what);
          if (price === null) absent += 1;
        }
      }),
      propertyRuns(),
    );
    expect(absent).toBeGreaterThan(10);
  });

  it('has nothing left of a position closed alone at its bankruptcy price, fee paid', () => {
    let closed = 0;
    fc.assert(
      fc.property(mixedPool(mixture, 1, oneLeg), (poolCase) => {
        const core = assessed(poolCase);
        const [position] = referencePool(poolCase).positions;
        const [each] = core.positions;
        const price = each === undefined ? null : bankruptcyPrice(core, each);
        if (price === null || position === undefined) return;
        const received = closeValueAt(position, exactly(price));
        const left = fraction(poolCase.collateral).plus(received).minus(broughtBy(position, position.entryValue));
        const size = received.absolute().plus(position.entryValue);
        expect(left.absolute().isAbove(size.times(LEFT_MAX))).toBe(false);
        closed += 1;
      }),
      propertyRuns(),
    );
    expect(closed).toBeGreaterThan(500);
  });

  it('freezes bankruptcy values within a quantum a leg of the twin, and closes by them to exactly zero in any order', () => {
    fc.assert(
      fc.property(mixedPool(mixture), fc.boolean(), (poolCase, backwards) => {
        const core = assessed(poolCase);
        const values = bankruptcyValues(core);
        const twin = bankruptcyValuesOf(referencePool(poolCase));
        const tolerance = total(twin.map(() => QUANTUM));
        const legs = core.positions.map(({ position, market: { terms } }, at) => ({ position, terms, value: values[at] }));
        let pool = core.pool;
        for (const { position, terms, value } of backwards ? legs.toReversed() : legs) {
          if (value === undefined) throw new RangeError('every leg has a bankruptcy value');
          pool = closePosition(pool, terms, position.side, position.quantity, value).pool;
        }
        expect(pool.positions).toHaveLength(0);
        expect(pool.balance.toFixed()).toBe('0');
        for (const [at, value] of values.entries()) {
          const error = exactly(value)
            .minus(twin[at] ?? QUANTUM)
            .absolute();
          expect(error.isAbove(tolerance)).toBe(false);
        }
      }),
      propertyRuns(),
    );
  });
});
