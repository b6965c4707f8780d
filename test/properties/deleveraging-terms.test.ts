import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type DeleveragingPlan, givenAfter, type ResidualTerms, remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { residualAfter, residualAtPrice, transferValue } from '#core/adl/settlement-price.ts';
import { opposite } from '#core/market/side.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import type { Price } from '#core/units/money.ts';
import { type Money, price, type Quantity, quantity } from '#core/units/money.ts';
import { fraction, total } from '../reference/fraction.ts';
import { termsAt } from '../support/arbitrary-terms.ts';
import { exactly } from '../support/compare.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy } from '../support/crowd.ts';
import { scaledText } from '../support/decimal-text.ts';
import { coreMarkets } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const RANKING = { pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] } as const;

const need = fc.record({ part: fc.integer({ min: 1, max: 1500 }), priceFactor: fc.constantFrom('0.9', '1', '1.1', '1.000001') });

interface Planned {
  readonly plan: DeleveragingPlan;
  readonly terms: ResidualTerms;
  readonly remaining: ReadonlyMap<string, Quantity>;
}

/** Residuals of one wave, one after the other, as the engine plans them: what was taken and given goes with them. */
const plansFor = (
  people: Crowd,
  termsOf: (mark: Price) => ResidualTerms,
  needs: readonly { readonly part: number; readonly priceFactor: string }[],
): readonly Planned[] => {
  const ranking = rankCounterparties(coreCounterparties(people), deleveragingPolicy(RANKING));
  const market = coreMarkets({ collateral: '0', markets: [people.market], positions: [] }).get(people.market.marketId);
  if (market === undefined) throw new RangeError('the crowd stands in a market');
  const whole = total(people.members.map((each) => fraction(each.quantity)));
  let remaining: ReadonlyMap<string, Quantity> = new Map();
  let given: ReadonlyMap<string, Money> = new Map();
  return needs.map(({ part, priceFactor }) => {
    const open = whole.times(fraction(scaledText(BigInt(part), 3))).ceilTo(fraction(people.market.lotSize));
    const at = fraction(people.market.markPrice).times(fraction(priceFactor));
    const residual = residualAtPrice(
      market.terms,
      opposite(people.side),
      quantity(decimal(open.toDecimalString(12))),
      price(decimal(at.toDecimalString(20))),
    );
    const terms = { ...termsOf(market.markPrice), given };
    const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining, terms });
    const planned = { plan, terms, remaining };
    remaining = remainingAfter(plan, remaining);
    given = givenAfter(plan, given);
    return planned;
  });
};

/** What a fraction of the position's profit is, in the limit of quanta. */
const QUANTA = decimal('0.0000000001');

const wave = fc.array(need, { minLength: 1, maxLength: 3 });

describe('a plan under any severity, allocation and settlement price', () => {
  it('adds up; nobody gives more than it holds; each transfer sums to zero with the fund, which pays no more than it may', () => {
    let paid = 0;
    fc.assert(
      fc.property(crowd, termsAt, wave, (people, termsOf, needs) => {
        const takenSoFar = new Map<string, Quantity>();
        for (const { plan, terms } of plansFor(people, termsOf, needs)) {
          const moved = sum(plan.transfers.map((transfer) => transfer.quantity));
          expect(moved.plus(plan.residualQuantity).toFixed()).toBe(plan.residual.quantity.toFixed());
          let left = plan.residual;
          for (const transfer of plan.transfers) {
            const value = transferValue(left, transfer.quantity, plan.closesAt);
            expect(sum([value.toBankrupt, value.fee, value.toCounterparty, value.toFund]).toFixed()).toBe('0');
            expect(value.toFund.toFixed()).toBe(transfer.toFund.toFixed());
            left = residualAfter(left, transfer.quantity);
            takenSoFar.set(transfer.poolId, quantity(transfer.quantity.plus(takenSoFar.get(transfer.poolId) ?? 0)));
          }
          for (const each of plan.ranking) {
            expect((takenSoFar.get(each.poolId) ?? decimal('0')).lte(each.eligible ? each.quantity : 0), 'more than it holds').toBe(true);
          }
          expect(plan.fundCost.lte(terms.fundAvailable)).toBe(true);
          if (plan.fundCost.gt(0)) paid += 1;
          if (terms.policy.settlementPrice === 'BANKRUPTCY') expect(plan.fundCost.isZero()).toBe(true);
        }
      }),
      propertyRuns(),
    );
    expect(paid).toBeGreaterThan(100);
  });

  it('leaves to the fund what lies between the two prices: side · (settlement − bankruptcy) · quantity, and never a quantum more to pay', () => {
    fc.assert(
      fc.property(crowd, termsAt, need, (people, termsOf, one) => {
        for (const { plan } of plansFor(people, termsOf, [one])) {
          const sign = fraction(plan.residual.side === 'LONG' ? '1' : '-1');
          const gap = exactly(plan.settlementPrice).minus(exactly(plan.residual.price)).times(sign);
          const moved = total(plan.transfers.map((transfer) => exactly(transfer.quantity)));
          const toFund = total(plan.transfers.map((transfer) => exactly(transfer.toFund)));
          const off = toFund.minus(gap.times(moved));
          if (plan.closesAt.kind === 'OTHER') {
            // The whole bankruptcy value is cut to a quantum too, for the bankrupt.
            expect(off.isBelow(fraction('-0.000000000002')), 'the fund pays for rounding').toBe(false);
            expect(off.isAbove(fraction('0.00000000005')), 'the fund gains more than quanta').toBe(false);
          } else expect(toFund.sign()).toBe(0);
        }
      }),
      propertyRuns(),
    );
  });

  it('keeps to its severity: a budget is passed by less than a lot and no more than allowed, caps hold over the whole wave', () => {
    let cut = 0;
    fc.assert(
      fc.property(crowd, termsAt, wave, (people, termsOf, needs) => {
        const taken = new Map<string, Quantity>();
        let given: ReadonlyMap<string, Money> = new Map();
        for (const { plan, terms } of plansFor(people, termsOf, needs)) {
          const { severity } = terms.policy;
          given = givenAfter(plan, given);
          for (const { poolId, quantity: part } of plan.transfers) taken.set(poolId, quantity(part.plus(taken.get(poolId) ?? 0)));
          if (severity.kind === 'BUDGET_OF_DEFICIT' || severity.kind === 'BUDGET_OF_WAVE') {
            const ceiling = plan.budget.times(severity.maximumOvershoot.plus(1)).plus(QUANTA);
            expect(plan.taken.lte(ceiling), `took ${plan.taken} of ${plan.budget}`).toBe(true);
            const before = sum([...terms.given.values()]);
            if (severity.kind === 'BUDGET_OF_WAVE' && plan.budget.gt(0))
              expect(before.plus(plan.budget).lte(severity.amount.plus(QUANTA))).toBe(true);
          }
          if (severity.kind === 'CAP_OF_POSITION' || severity.kind === 'CAP_OF_PROFIT')
            for (const each of plan.ranking.filter(({ eligible }) => eligible)) {
              const profit = each.counterparty.assessed.unrealizedPnl.times(severity.share).plus(QUANTA);
              if (severity.kind === 'CAP_OF_PROFIT') expect((given.get(each.poolId) ?? decimal('0')).lte(profit)).toBe(true);
              else expect((taken.get(each.poolId) ?? decimal('0')).lte(each.quantity.times(severity.share))).toBe(true);
            }
          if (plan.outcome === 'LIMITED_BY_SEVERITY' || plan.outcome === 'INFEASIBLE') cut += 1;
        }
      }),
      propertyRuns(),
    );
    expect(cut).toBeGreaterThan(300);
  });

  it('says INFEASIBLE exactly when the counterparties may give less than was wanted, which the twin adds up', () => {
    let infeasible = 0;
    fc.assert(
      fc.property(
        crowd,
        termsAt,
        fc.constantFrom('QUEUE', 'PRO_RATA_BY_CONTRACTS', 'LEVERAGE_DRAIN'),
        wave,
        (people, termsOf, allocation, needs) => {
          const policy = { allocation, severity: { kind: 'FULL' }, settlementPrice: 'BANKRUPTCY' } as const;
          for (const { plan, remaining } of plansFor(people, (mark) => ({ ...termsOf(mark), policy }), needs)) {
            if (plan.residualQuantity.isZero()) expect(plan.outcome).toBe('COVERED');
            const held = total(
              plan.ranking.filter(({ eligible }) => eligible).map(({ poolId, quantity: all }) => exactly(remaining.get(poolId) ?? all)),
            );
            const isShort = held.isBelow(exactly(plan.residual.quantity));
            expect(plan.outcome).toBe(isShort ? 'INFEASIBLE' : 'COVERED');
            if (isShort) infeasible += 1;
          }
        },
      ),
      propertyRuns(),
    );
    expect(infeasible).toBeGreaterThan(300);
  });
});
