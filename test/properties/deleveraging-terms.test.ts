import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { givenAfter } from '#core/adl/deleveraging-plan.ts';
import { residualAfter, transferValue } from '#core/adl/settlement-price.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { type Money, type Quantity, quantity } from '#core/units/money.ts';
import { fraction, total } from '../reference/fraction.ts';
import { termsAt } from '../support/arbitrary-terms.ts';
import { exactly } from '../support/compare.ts';
import { crowd } from '../support/crowd.ts';
import { plannedWave, residualNeed, waveNeeds } from '../support/planned-wave.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** What a fraction of the position's profit is, in the limit of quanta. */
const QUANTA = decimal('0.0000000001');

describe('a plan under any severity, allocation and settlement price', () => {
  it('adds up; nobody gives more than it holds; each transfer sums to zero with the fund, which pays no more than it may', () => {
    let paid = 0;
    fc.assert(
      fc.property(crowd, termsAt, waveNeeds, (people, termsOf, needs) => {
        const takenSoFar = new Map<string, Quantity>();
        for (const { plan, terms } of plannedWave(people, termsOf, needs)) {
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
      fc.property(crowd, termsAt, residualNeed, (people, termsOf, one) => {
        for (const { plan } of plannedWave(people, termsOf, [one])) {
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
      fc.property(crowd, termsAt, waveNeeds, (people, termsOf, needs) => {
        const taken = new Map<string, Quantity>();
        let given: ReadonlyMap<string, Money> = new Map();
        for (const { plan, terms } of plannedWave(people, termsOf, needs)) {
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
        waveNeeds,
        (people, termsOf, allocation, needs) => {
          const policy = { allocation, severity: { kind: 'FULL' }, settlementPrice: 'BANKRUPTCY' } as const;
          for (const { plan, remaining } of plannedWave(people, (mark) => ({ ...termsOf(mark), policy }), needs)) {
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
