import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPart } from '#core/insurance/plan-by-limit.ts';
import { planReduction, reductionLegs } from '#core/insurance/plan-orders.ts';
import { fillCost } from '#core/liquidation/fill-cost.ts';
import type { LimitPolicy } from '#core/liquidation/limit-policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Quantity, quantity, ratio } from '#core/units/money.ts';
import { fillablePriceOf } from '../reference/fillable.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { crossPool } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const limitedBy = (limit: LimitPolicy['limit'], spread = '1.5', adjustment = '1'): LimitPolicy => ({
  limit,
  fillable: limit === 'FILLABLE' ? { spreadToMaintenance: ratio(decimal(spread)), bankruptcyAdjustment: ratio(decimal(adjustment)) } : null,
  crossBankruptcyPrice: 'ZERO_PRICE',
});

/** Every position of the pool as a leg of a reduction that closes a part of it. */
const partsOf = (poolCase: PoolCase, share: string) => {
  const core = assessed(poolCase);
  const parts = core.positions.map(({ position }): Quantity => quantity(position.quantity.times(decimal(share))));
  return { core, legs: reductionLegs(core, parts) };
};

/** Whether an order of the side sells or buys at a worse price than the other. */
const isWorse = (side: 'LONG' | 'SHORT', at: Fraction, than: Fraction): boolean => (side === 'LONG' ? than.isAbove(at) : at.isAbove(than));

describe('a reduction under a fillable limit', () => {
  it('is limited at the fillable price or at the bankruptcy price, whichever is nearer to the trader', () => {
    let [byFillable, byBankruptcy] = [0, 0];
    const shares = fc.constantFrom('0.1', '0.5', '1');
    const [spreads, adjustments] = [fc.constantFrom('0.5', '1.5', '10'), fc.constantFrom('0.25', '1', '3')];
    fc.assert(
      fc.property(crossPool, shares, spreads, adjustments, (poolCase, share, spread, adjustment) => {
        const { core, legs } = partsOf(poolCase, share);
        if (core.maintenanceMargin.lte(0)) return;
        for (const [at, leg] of legs.entries()) {
          const market = core.positions[at]?.market;
          if (market === undefined) throw new RangeError('a leg is in a market of the pool');
          const order = planPart({ assessment: core, leg, market }, limitedBy('FILLABLE', spread, adjustment));
          const plain = planReduction(leg, market);
          const fillable = fillablePriceOf(referencePool(poolCase), at, fraction(spread), fraction(adjustment));
          if (order === null || plain === null || fillable === null) continue;
          const [limit, bankrupt] = [exactly(order.limitPrice), exactly(plain.limitPrice)];
          expect([isWorse(leg.side, limit, bankrupt), isWorse(leg.side, limit, fillable)]).toEqual([false, false]);
          const isOnFillable = limit.minus(fillable).absolute().minus(exactly(market.terms.tickSize)).sign() < 0;
          expect(isOnFillable || limit.equals(bankrupt)).toBe(true);
          if (limit.equals(bankrupt)) byBankruptcy += 1;
          else byFillable += 1;
          expect([order.reserved.toFixed(), order.quantity.eq(leg.residualQuantity)]).toEqual(['0', true]);
          const terms = { terms: market.terms, side: leg.side, legQuantity: leg.residualQuantity, legValue: leg.bankruptcyValue };
          expect(fillCost({ ...terms, markPrice: order.limitPrice }, order.quantity).toFixed()).toBe('0');
        }
      }),
      propertyRuns(),
    );
    expect([byFillable > 200, byBankruptcy > 200]).toEqual([true, true]);
  });

  it('is limited at the bankruptcy price alone under any other limit', () => {
    fc.assert(
      fc.property(crossPool, fc.constantFrom('FUND_BACKED' as const, 'BANKRUPTCY' as const), (poolCase, limit) => {
        const { core, legs } = partsOf(poolCase, '0.5');
        for (const [at, leg] of legs.entries()) {
          const market = core.positions[at]?.market;
          if (market === undefined) throw new RangeError('a leg is in a market of the pool');
          expect(planPart({ assessment: core, leg, market }, limitedBy(limit))).toEqual(planReduction(leg, market));
        }
      }),
      propertyRuns(),
    );
  });

  // dYdX v4, GetFillablePrice: a rate of 5 %, SMMR 150 %, BA 1; read 2026-11-22. Ten contracts at 100 keep 50.
  it.each([
    // 80 % of the maintenance margin: bankrupt at 96 or 104, the spread is 100 · 0.075 · 0.2.
    ['LONG', '40', '98.5'],
    ['SHORT', '40', '101.5'],
    // Half of it: V19 would be 96.25 or 103.75, which is past the bankruptcy price.
    ['LONG', '25', '97.5'],
    ['SHORT', '25', '102.5'],
  ] as const)('of a %s with a collateral of %s is at %s, as each portion is limited', (side, collateral, expected) => {
    const tiers = [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.05', maintenanceAmount: null }];
    const terms = { multiplier: '1', markPrice: '100', takerFeeRate: '0', tickSize: '0.01', lotSize: '1', form: 'FLAT' as const, tiers };
    const poolCase: PoolCase = {
      collateral,
      markets: [{ marketId: 'M', ...terms }],
      positions: [{ marketId: 'M', side, quantity: '10', entryValue: '1000' }],
    };
    const { core, legs } = partsOf(poolCase, '0.1');
    const [[leg], market] = [legs, core.positions[0]?.market];
    if (leg === undefined || market === undefined) throw new RangeError('the pool holds a position');
    const order = planPart({ assessment: core, leg, market }, limitedBy('FILLABLE'));
    const twin = fillablePriceOf(referencePool(poolCase), 0, fraction('1.5'), fraction('1'));
    expect(order?.limitPrice.toFixed()).toBe(expected);
    expect(twin !== null && isWorse(side, exactly(order?.limitPrice ?? decimal('0')), twin)).toBe(false);
  });
});
