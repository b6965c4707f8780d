import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import { planClose, reductionLegs, wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { fractionQuantity as coreFraction, tierStepQuantity } from '#core/liquidation/close-quantity.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { fraction, ZERO } from '../reference/fraction.ts';
import { fractionQuantity, fundCost, limitPriceOf, reserve, stepDownQuantity } from '../reference/liquidation.ts';
import { notionalAt, type ReferencePosition } from '../reference/margin.ts';
import { tierIndexOf } from '../reference/tiers.ts';
import { anyLegs, crossPool, isContinuous, oneLeg, poolOver } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { moneyText, thousandths } from '../support/decimal-text.ts';
import { coreMarkets, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const QUANTUM = fraction('0.000000000001');

const oneOf = <Item>(items: readonly Item[], at: number): Item => {
  const item = items[at];
  if (item === undefined) throw new RangeError(`there is no item \`${at}\``);
  return item;
};

describe('a reduction', () => {
  it('to the lower tier closes what the twin closes, never more than the position', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const twin = referencePool(poolCase).positions;
        for (const [at, each] of assessed(poolCase).positions.entries()) {
          const quantity = tierStepQuantity(each, 1);
          expectExactly(quantity, stepDownQuantity(oneOf(twin, at)), 'step-down quantity');
          expect(quantity.lte(each.position.quantity)).toBe(true);
        }
      }),
      propertyRuns(),
    );
  });

  it('to the lower tier lands at least one tier lower, and one lot less would not', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const twin = referencePool(poolCase).positions;
        for (const [at, each] of assessed(poolCase).positions.entries()) {
          const position = oneOf(twin, at);
          const closed = exactly(tierStepQuantity(each, 1));
          if (closed.sign() === 0) continue;
          const tierAfter = (quantity: typeof closed): number => tierOfQuantity(position, position.quantity.minus(quantity));
          expect(tierAfter(closed)).toBeLessThan(each.tier.index);
          const lessByALot = closed.minus(position.market.lotSize);
          if (lessByALot.sign() >= 0) expect(tierAfter(lessByALot)).toBe(each.tier.index);
        }
      }),
      propertyRuns(),
    );
  });

  it('by a fraction closes what the twin closes, never more than the position', () => {
    fc.assert(
      fc.property(crossPool, thousandths(1, 1000), (poolCase, part) => {
        const twin = referencePool(poolCase).positions;
        for (const [at, each] of assessed(poolCase).positions.entries()) {
          const quantity = coreFraction(each, ratio(decimal(part)));
          expectExactly(quantity, fractionQuantity(oneOf(twin, at), fraction(part)), 'fraction quantity');
          expect(quantity.lte(each.position.quantity)).toBe(true);
        }
      }),
      propertyRuns(),
    );
  });

  it('has a leg for each position above the lowest tier and none for the others', () => {
    fc.assert(
      fc.property(crossPool.filter(isContinuous), (poolCase) => {
        const core = assessed(poolCase);
        const named = (at: { readonly marketId: string; readonly side: string }): string => `${at.marketId} ${at.side}`;
        const above = core.positions.filter((each) => each.tier.index > 0).map((each) => named(each.position));
        expect(
          reductionLegs(
            core,
            core.positions.map((each) => tierStepQuantity(each, 1)),
          ).map(named),
        ).toEqual(above);
      }),
      propertyRuns(),
    );
  });
});

const tierOfQuantity = (position: ReferencePosition, quantity: ReferencePosition['quantity']): number =>
  tierIndexOf(position.market.table, notionalAt({ ...position, quantity }, position.market.markPrice));

describe('the order of a whole close', () => {
  /** What the fund has, in thousandths of what the whole close would cost it, or nothing, or plenty. */
  const means = fc.oneof(thousandths(0, 1100), fc.constantFrom('0', '1', '1000'));

  it('orders, reserves and limits as the twin does, cut to the lot where the fund cannot pay', () => {
    let cut = 0;
    fc.assert(
      fc.property(poolOver(2, oneLeg), means, (poolCase, part) => {
        const core = assessed(poolCase);
        for (const [at, leg] of wholeCloseLegs(core).entries()) {
          const position = oneOf(referencePool(poolCase).positions, at);
          const value = exactly(leg.bankruptcyValue);
          const availableText = moneyText(fundCost(position, value, position.quantity).times(fraction(part)));
          const order = planClose(leg, oneOf(core.positions, at).market, money(decimal(availableText)));
          const twin = reserve(position, value, fraction(availableText));
          const limit = twin.quantity.sign() === 0 ? ZERO : limitPriceOf(position, value, twin);
          if (order === null) {
            expect(twin.quantity.sign() === 0 || position.side === 'SHORT').toBe(true);
            continue;
          }
          if (twin.quantity.isBelow(position.quantity)) cut += 1;
          expectExactly(order.quantity, twin.quantity, 'ordered quantity');
          const roundedUp = exactly(order.reserved).minus(twin.reserved);
          expect(roundedUp.sign(), 'reserved covers the cost').toBeGreaterThanOrEqual(0);
          expect(roundedUp.isBelow(QUANTUM), 'reserved is the cost up to a quantum').toBe(true);
          expect(exactly(order.reserved).isAbove(fraction(availableText)), 'reserved is available').toBe(false);
          const reservation = { quantity: twin.quantity, reserved: exactly(order.reserved) };
          const expected = limitPriceOf(position, value, reservation);
          expectExactly(
            order.limitPrice,
            expected.sign() > 0 ? expected : position.market.tickSize,
            `limit price next to ${limit.toDecimalString(20)}`,
          );
        }
      }),
      propertyRuns(),
    );
    expect(cut).toBeGreaterThan(50);
  });

  it('at its limit costs the fund no more than reserved, and one tick further costs more', () => {
    fc.assert(
      fc.property(poolOver(1, oneLeg), means, (poolCase, part) => {
        const core = assessed(poolCase);
        const leg = oneOf(wholeCloseLegs(core), 0);
        const position = oneOf(referencePool(poolCase).positions, 0);
        const value = exactly(leg.bankruptcyValue);
        const available = moneyText(fundCost(position, value, position.quantity).times(fraction(part)));
        const order = planClose(leg, oneOf(core.positions, 0).market, money(decimal(available)));
        if (order === null) return;
        const { tickSize } = position.market;
        const limit = exactly(order.limitPrice);
        const costAt = (price: typeof limit) =>
          fundCost({ ...position, market: { ...position.market, markPrice: price } }, value, exactly(order.quantity));
        const oneTickFurther = position.side === 'LONG' ? limit.minus(tickSize) : limit.plus(tickSize);
        const clampedToOneTick = limit.equals(tickSize);
        if (!(clampedToOneTick && position.side === 'SHORT')) {
          expect(costAt(limit).isAbove(exactly(order.reserved)), 'dearer than reserved').toBe(false);
        }
        if (oneTickFurther.sign() > 0) expect(costAt(oneTickFurther).isAbove(exactly(order.reserved)), 'one tick too careful').toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('is for the netted pool, whose margin balance is what it was', () => {
    fc.assert(
      fc.property(poolOver(2, anyLegs), (poolCase) => {
        const before = assessed(poolCase);
        const netted = assessMargin(netHedges(before.pool, coreMarkets(poolCase)), coreMarkets(poolCase));
        if (!netted.ok) throw new RangeError('netting keeps the marks');
        expectExactly(netted.value.marginBalance, exactly(before.marginBalance), 'margin balance');
        const markets = netted.value.positions.map((each) => each.position.marketId);
        expect(new Set(markets).size, 'one side a market').toBe(markets.length);
      }),
      propertyRuns(),
    );
  });
});
