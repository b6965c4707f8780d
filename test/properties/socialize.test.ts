import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import { fundCostOf, residualAtPrice, transferValue } from '#core/adl/settlement-price.ts';
import { type Payer, socialize } from '#core/adl/socialize.ts';
import { present } from '#core/invariant.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { type ReferencePayer, socialize as socializeByTwin } from '../reference/socialize.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { positiveText, thousandths } from '../support/decimal-text.ts';
import { coreMarkets } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const market = present(
  coreMarkets({
    collateral: '0',
    markets: [
      {
        marketId: 'AAA',
        multiplier: '1',
        markPrice: '90',
        takerFeeRate: '0.0005',
        tickSize: '0.01',
        lotSize: '0.1',
        form: 'DEDUCTION',
        tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
      },
    ],
    positions: [],
  }).get('AAA'),
  'the market',
);

interface PayerCase {
  readonly quantity: string;
  readonly profit: string;
  readonly equity: string;
}

const payerCase: fc.Arbitrary<PayerCase> = fc.record({
  quantity: positiveText(50_000, [0, 1, 3]),
  profit: fc.oneof(fc.constantFrom('0', '10', '-5'), thousandths(-90_000, 90_000)),
  equity: fc.oneof(fc.constantFrom('0', '10', '-1'), thousandths(-1000, 500_000)),
});

const corePayer = (each: PayerCase, index: number): Payer => ({
  accountId: `a${index}`,
  poolId: `a${index}#CROSS#USDT`,
  quantity: quantity(decimal(each.quantity)),
  profit: money(decimal(each.profit)),
  marginBalance: money(decimal(each.equity)),
});

const referencePayer = (each: PayerCase, index: number): ReferencePayer => ({
  poolId: `a${index}#CROSS#USDT`,
  quantity: fraction(each.quantity),
  profit: fraction(each.profit),
  equity: fraction(each.equity),
});

const policies = fc.constantFrom<Exclude<AfterCounterparties, 'CARRY_AND_HALT'>[]>(
  'SOCIALIZE_OVER_OPEN_INTEREST',
  'SOCIALIZE_OVER_WINNERS',
);

/** A bankrupt long whose bankruptcy price lies around the mark of 90. */
const residuals = fc
  .tuple(positiveText(3000, [1]), thousandths(85_000, 99_000))
  .map(([open, at]) => residualAtPrice(market.terms, 'LONG', quantity(decimal(open)), price(decimal(at))));

describe('a socialized loss', () => {
  it('is divided as the twin divides it, to the quantum, and closes as much as it pays for', () => {
    let short = 0;
    fc.assert(
      fc.property(policies, residuals, fc.array(payerCase, { maxLength: 7 }), (over, residual, cases) => {
        const { quantity: closed, contributions } = socialize(over, residual, market.markPrice, cases.map(corePayer));
        const loss = exactly(fundCostOf(residual, { kind: 'OTHER', price: market.markPrice }));
        if (loss.sign() <= 0) {
          expect([closed.toFixed(), contributions.length]).toEqual(['0', 0]);
          return;
        }
        const name = over === 'SOCIALIZE_OVER_WINNERS' ? 'WINNERS' : 'OPEN_INTEREST';
        const payers = cases.map(referencePayer);
        const twin = socializeByTwin(name, loss, exactly(residual.quantity), exactly(market.terms.lotSize), payers);
        expectExactly(closed, twin.closed, 'closed');
        const paid = new Map(contributions.map(({ poolId, amount }) => [poolId, amount]));
        twin.amounts.forEach((amount, index) => {
          expectExactly(paid.get(`a${index}#CROSS#USDT`) ?? decimal('0'), amount, `payer ${index}`);
        });
        if (closed.lt(residual.quantity)) short += 1;
      }),
      propertyRuns(),
    );
    expect(short).toBeGreaterThan(100);
  });

  it('pays for what it closes and less than a quantum a payer more, and nobody more than its balance', () => {
    fc.assert(
      fc.property(policies, residuals, fc.array(payerCase, { maxLength: 7 }), (over, residual, cases) => {
        const payers = cases.map(corePayer);
        const { quantity: closed, contributions } = socialize(over, residual, market.markPrice, payers);
        const collected = sum(contributions.map(({ amount }) => amount));
        const cost = closed.isZero()
          ? decimal('0')
          : transferValue(residual, closed, { kind: 'OTHER', price: market.markPrice }).toFund.negated();
        expect(collected.gte(cost), `collects ${collected} of ${cost}`).toBe(true);
        expect(collected.minus(cost).lte(decimal('1e-12').times(contributions.length + 3))).toBe(true);
        for (const { poolId, amount } of contributions) {
          const payer = payers.find((each) => each.poolId === poolId);
          expect(amount.lte(payer?.marginBalance ?? 0)).toBe(true);
          if (over === 'SOCIALIZE_OVER_WINNERS') expect(amount.lte(payer?.profit ?? 0)).toBe(true);
        }
      }),
      propertyRuns(),
    );
  });
});
