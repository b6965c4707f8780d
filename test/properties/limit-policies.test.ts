import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import { planByLimit } from '#core/insurance/plan-by-limit.ts';
import { planClose, wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { fillCost } from '#core/liquidation/fill-cost.ts';
import { fillablePrice } from '#core/liquidation/fillable-price.ts';
import type { LimitPolicy } from '#core/liquidation/limit-policy.ts';
import { isFillable } from '#core/liquidation/limit-price.ts';
import { bankruptcyPrice, bankruptcyValues } from '#core/margin/bankruptcy-price.ts';
import { closingOrderSide } from '#core/market/side.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { fillablePriceOf } from '../reference/fillable.ts';
import { fraction } from '../reference/fraction.ts';
import { frozenPricesOf, frozenValuesOf } from '../reference/frozen-prices.ts';
import { anyLegs, anyStanding, crossPool, poolOver } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectClosely } from '../support/compare.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const QUANTUM = fraction('0.000000000001');

describe('bankruptcy with the others frozen', () => {
  it('has the prices of the twin, for every leg of every pool', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const core = assessed(poolCase);
        const twin = frozenPricesOf(referencePool(poolCase));
        for (const [at, each] of core.positions.entries())
          expectClosely(bankruptcyPrice(core, each, 'OTHERS_FROZEN'), twin[at] ?? null, `leg ${at}`);
      }),
      propertyRuns(),
    );
  });

  it('has the frozen values of the twin within a quantum a leg, and closes a pool leg by leg to exactly zero, in any order', () => {
    fc.assert(
      fc.property(poolOver(3, anyLegs, anyStanding), fc.boolean(), (poolCase, backwards) => {
        const core = assessed(poolCase);
        const twin = frozenValuesOf(referencePool(poolCase));
        const values = bankruptcyValues(core, 'OTHERS_FROZEN');
        const room = QUANTUM.times(fraction(String(values.length)));
        for (const [at, value] of values.entries())
          expect(
            exactly(value)
              .minus(twin[at] ?? QUANTUM)
              .absolute()
              .isAbove(room),
            `leg ${at}`,
          ).toBe(false);
        const legs = core.positions.map((each, at) => ({ ...each, value: values[at] ?? money(decimal('0')) }));
        let pool = core.pool;
        for (const { position, market, value } of backwards ? legs.toReversed() : legs)
          pool = closePosition(pool, market.terms, position.side, position.quantity, value).pool;
        expect(pool.balance.toFixed()).toBe('0');
      }),
      propertyRuns(),
    );
  });

  it('is the zero price for a position that is alone', () => {
    fc.assert(
      fc.property(poolOver(1, fc.constantFrom('LONG', 'SHORT')), (poolCase) => {
        const core = assessed(poolCase);
        const [each] = core.positions;
        if (each === undefined) throw new RangeError('the pool holds a position');
        expect(bankruptcyPrice(core, each, 'OTHERS_FROZEN')?.toFixed(30)).toBe(bankruptcyPrice(core, each)?.toFixed(30));
      }),
      propertyRuns(),
    );
  });
});

const policyWith = (spread: string, adjustment: string): LimitPolicy => ({
  limit: 'FILLABLE',
  fillable: { spreadToMaintenance: ratio(decimal(spread)), bankruptcyAdjustment: ratio(decimal(adjustment)) },
  crossBankruptcyPrice: 'ZERO_PRICE',
});

/** A market at 100 whose positions need `rate` of their value, on a tick of 0.01. */
const marketAt100 = (rate: string) => ({
  marketId: 'M',
  multiplier: '1',
  markPrice: '100',
  takerFeeRate: '0',
  tickSize: '0.01',
  lotSize: '1',
  form: 'FLAT' as const,
  tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: rate, maintenanceAmount: null }],
});

const spread = fc.constantFrom('0.5', '1', '1.5', '10');
const adjustment = fc.constantFrom('0.25', '1', '3');

describe('a fillable price', () => {
  it('is the twin, for every leg of every pool', () => {
    let compared = 0;
    fc.assert(
      fc.property(crossPool, spread, adjustment, (poolCase, widest, faster) => {
        const core = assessed(poolCase);
        const { fillable } = policyWith(widest, faster);
        if (fillable === null || core.maintenanceMargin.lte(0)) return;
        for (const [at, each] of core.positions.entries()) {
          expectClosely(
            fillablePrice(core, each, fillable),
            fillablePriceOf(referencePool(poolCase), at, fraction(widest), fraction(faster)),
            `leg ${at}`,
          );
          compared += 1;
        }
      }),
      propertyRuns(),
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it('as a limit is met by the mark itself, and never lets a fill draw more than what was reserved', () => {
    const funds = fc.constantFrom('0', '0.000000000001', '1', '1000', '1000000000000');
    let planned = 0;
    fc.assert(
      fc.property(crossPool, spread, adjustment, funds, (poolCase, widest, faster, available) => {
        const core = assessed(poolCase);
        if (core.marginExcess.gte(0)) return;
        for (const [at, leg] of wholeCloseLegs(core).entries()) {
          const market = core.positions[at]?.market;
          if (market === undefined) throw new RangeError('a leg is in a market of the pool');
          const order = planByLimit({ assessment: core, leg, market }, policyWith(widest, faster), money(decimal(available)));
          const backed = planClose(leg, market, money(decimal(available)));
          expect((order?.quantity ?? ZERO).gte(backed?.quantity ?? ZERO), 'no less than the fund pays for at the mark').toBe(true);
          if (order === null) continue;
          planned += 1;
          const { tickSize } = market.terms;
          expect(isFillable(closingOrderSide(leg.side), order.limitPrice, market.markPrice, tickSize)).toBe(true);
          expect(order.reserved.lte(decimal(available))).toBe(true);
          expect(order.quantity.lte(leg.residualQuantity)).toBe(true);
          const terms = { terms: market.terms, side: leg.side, legQuantity: leg.residualQuantity, legValue: leg.bankruptcyValue };
          const worst = fillCost({ ...terms, markPrice: order.limitPrice }, order.quantity);
          expect(worst.lte(order.reserved)).toBe(true);
          expect(fillCost({ ...terms, markPrice: market.markPrice }, order.quantity).lte(order.reserved)).toBe(true);
        }
      }),
      propertyRuns(),
    );
    expect(planned).toBeGreaterThan(200);
  });

  it('gives way to the bankruptcy price where the fund has nothing: a pool that the mark leaves solvent is sold, not deleveraged', () => {
    // 100 bought at 100 with 50, a rate of 1 %: 100 needed, 50 there, bankrupt at 99.5; the fillable price is 100 − 1.5 · 0.5 = 99.25, 25 beyond it.
    const market = marketAt100('0.01');
    const positions = [{ marketId: 'M', side: 'LONG', quantity: '100', entryValue: '10000' }] as const;
    const core = assessed({ collateral: '50', markets: [market], positions });
    const [leg] = wholeCloseLegs(core);
    const [each] = core.positions;
    if (leg === undefined || each === undefined) throw new RangeError('the pool holds a position');
    const orderWith = (available: string) => {
      const order = planByLimit({ assessment: core, leg, market: each.market }, policyWith('1.5', '1'), money(decimal(available)));
      return [order?.quantity.toFixed(), order?.limitPrice.toFixed(), order?.reserved.toFixed()];
    };
    expect(orderWith('25')).toEqual(['100', '99.25', '25']);
    expect(orderWith('24.9')).toEqual(['100', '99.5', '0']);
    expect(orderWith('0')).toEqual(['100', '99.5', '0']);
  });

  it.each([
    ['LONG', '96.25'],
    ['SHORT', '103.75'],
  ] as const)('V19 of a %s at 100 with half of its maintenance margin is %s', (side, expected) => {
    // dYdX v4, GetFillablePrice: a rate of 5 %, SMMR 150 %, BA 1; read 2026-11-22.
    const market = marketAt100('0.05');
    const poolCase = { collateral: '2.5', markets: [market], positions: [{ marketId: 'M', side, quantity: '1', entryValue: '100' }] };
    const core = assessed(poolCase);
    const [each] = core.positions;
    const { fillable } = policyWith('1.5', '1');
    if (each === undefined || fillable === null) throw new RangeError('the pool holds a position');
    expect(fillablePrice(core, each, fillable)?.toFixed()).toBe(expected);
    expect(fillablePriceOf(referencePool(poolCase), 0, fraction('1.5'), fraction('1'))?.equals(fraction(expected))).toBe(true);
    const [leg] = wholeCloseLegs(core);
    const order = leg && planByLimit({ assessment: core, leg, market: each.market }, policyWith('1.5', '1'), money(decimal('100')));
    // Bankrupt at 97.50 or 102.50: 1.25 beyond it is the fund's.
    expect([order?.limitPrice.toFixed(), order?.reserved.toFixed()]).toEqual([expected, '1.25']);
  });
});
