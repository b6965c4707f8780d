import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import { planClose, wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { tierStepQuantity } from '#core/liquidation/close-quantity.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { fundCost, limitPriceOf, reserve, stepDownQuantity } from '../reference/liquidation.ts';
import { notionalAt } from '../reference/margin.ts';
import { tierIndexOf } from '../reference/tiers.ts';
import { anyLegs, oneLeg } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { moneyText, thousandths } from '../support/decimal-text.ts';
import { expectAmount, MIXTURES, mixedPool } from '../support/mixed-pools.ts';
import { coreMarkets, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const QUANTUM = fraction('0.000000000001');

const oneOf = <Item>(items: readonly Item[], at: number): Item => {
  const item = items[at];
  if (item === undefined) throw new RangeError(`there is no item \`${at}\``);
  return item;
};

/** What the fund has, in thousandths of what the whole close would cost it, or nothing, or plenty. */
const means = fc.oneof(thousandths(0, 1100), fc.constantFrom('0', '1', '1000'));

describe.each(MIXTURES)('a pool of %s contracts', (mixture) => {
  it('steps down by what the twin closes, lands at least one tier lower, and one lot less would not do', () => {
    let steps = 0;
    fc.assert(
      fc.property(mixedPool(mixture), (poolCase) => {
        const twin = referencePool(poolCase).positions;
        for (const [at, each] of assessed(poolCase).positions.entries()) {
          const position = oneOf(twin, at);
          const quantity = tierStepQuantity(each, 1);
          expectExactly(quantity, stepDownQuantity(position), 'step-down quantity');
          expect(quantity.lte(each.position.quantity)).toBe(true);
          if (quantity.isZero()) continue;
          steps += 1;
          const tierAfter = (closed: Fraction): number =>
            tierIndexOf(
              position.market.table,
              notionalAt({ ...position, quantity: position.quantity.minus(closed) }, position.market.markPrice),
            );
          expect(tierAfter(exactly(quantity))).toBeLessThan(each.tier.index);
          const lessByALot = exactly(quantity).minus(position.market.lotSize);
          if (lessByALot.sign() >= 0) expect(tierAfter(lessByALot)).toBe(each.tier.index);
        }
      }),
      propertyRuns(),
    );
    expect(steps).toBeGreaterThan(200);
  });

  it('orders, reserves and limits as the twin does, cut to the lot where the fund cannot pay', () => {
    let cut = 0;
    fc.assert(
      fc.property(mixedPool(mixture, 2, oneLeg), means, (poolCase, part) => {
        const core = assessed(poolCase);
        for (const [at, leg] of wholeCloseLegs(core).entries()) {
          const position = oneOf(referencePool(poolCase).positions, at);
          const value = exactly(leg.bankruptcyValue);
          const availableText = moneyText(fundCost(position, value, position.quantity).times(fraction(part)));
          const order = planClose(leg, oneOf(core.positions, at).market, money(decimal(availableText)));
          const twin = reserve(position, value, fraction(availableText));
          if (order === null) {
            // Nothing that the fund can pay for, or a price that nobody has: below one tick for a BUY, without end for a SELL.
            const limit = twin.quantity.sign() === 0 ? null : limitPriceOf(position, value, twin);
            expect(limit === null || limit.sign() <= 0 || limit.equals(BEYOND_EVERY_MARK)).toBe(true);
            continue;
          }
          if (twin.quantity.isBelow(position.quantity)) cut += 1;
          expectExactly(order.quantity, twin.quantity, 'ordered quantity');
          const roundedUp = exactly(order.reserved).minus(twin.reserved);
          expect(roundedUp.sign(), 'reserved covers the cost').toBeGreaterThanOrEqual(0);
          expect(roundedUp.isBelow(QUANTUM), 'reserved is the cost up to a quantum').toBe(true);
          expect(exactly(order.reserved).isAbove(fraction(availableText)), 'reserved is available').toBe(false);
          const limit = limitPriceOf(position, value, { quantity: twin.quantity, reserved: exactly(order.reserved) });
          const shown = limit.isAbove(BEYOND_EVERY_MARK) ? BEYOND_EVERY_MARK.floorTo(position.market.tickSize) : limit;
          expectExactly(order.limitPrice, shown.sign() > 0 ? shown : position.market.tickSize, 'limit price');
        }
      }),
      propertyRuns(),
    );
    expect(cut).toBeGreaterThan(50);
  });

  it('at the limit of its order costs the fund no more than reserved, and one tick further costs more', () => {
    let tried = 0;
    fc.assert(
      fc.property(mixedPool(mixture, 1, oneLeg), means, (poolCase, part) => {
        const core = assessed(poolCase);
        const leg = oneOf(wholeCloseLegs(core), 0);
        const position = oneOf(referencePool(poolCase).positions, 0);
        const value = exactly(leg.bankruptcyValue);
        const available = moneyText(fundCost(position, value, position.quantity).times(fraction(part)));
        const order = planClose(leg, oneOf(core.positions, 0).market, money(decimal(available)));
        if (order === null) return;
        const { tickSize } = position.market;
        const limit = exactly(order.limitPrice);
        const costAt = (price: Fraction): Fraction =>
          fundCost({ ...position, market: { ...position.market, markPrice: price } }, value, exactly(order.quantity));
        expect(costAt(limit).isAbove(exactly(order.reserved)), 'dearer than reserved').toBe(false);
        const oneTickFurther = position.side === 'LONG' ? limit.minus(tickSize) : limit.plus(tickSize);
        const isLast = oneTickFurther.sign() <= 0 || limit.plus(tickSize).isAbove(BEYOND_EVERY_MARK);
        if (!isLast) expect(costAt(oneTickFurther).isAbove(exactly(order.reserved)), 'one tick too careful').toBe(true);
        tried += 1;
      }),
      propertyRuns(),
    );
    expect(tried).toBeGreaterThan(500);
  });

  it('has the margin balance that it had before it was netted, and one side a market', () => {
    fc.assert(
      fc.property(mixedPool(mixture, 2, anyLegs), (poolCase) => {
        const before = assessed(poolCase);
        const markets = coreMarkets(poolCase);
        const netted = assessMargin(netHedges(before.pool, markets), markets);
        if (!netted.ok) throw new RangeError('netting keeps the marks');
        expectAmount(netted.value.marginBalance, exactly(before.marginBalance), 'margin balance');
        const held = netted.value.positions.map((each) => each.position.marketId);
        expect(new Set(held).size, 'one side a market').toBe(held.length);
      }),
      propertyRuns(),
    );
  });
});

/** The limit of an order that may fill at any price. */
const BEYOND_EVERY_MARK = fraction('100000000000000000000');
