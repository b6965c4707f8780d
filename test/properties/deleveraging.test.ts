import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateByQueue } from '#core/adl/allocation/queue.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type DeleveragingPlan, remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { opposite } from '#core/market/side.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { price, type Quantity, quantity } from '#core/units/money.ts';
import { allocateByQueue as allocateByTwin } from '../reference/allocation.ts';
import { fraction, total } from '../reference/fraction.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy } from '../support/crowd.ts';
import { scaledText } from '../support/decimal-text.ts';
import { coreMarkets } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

describe('the queue', () => {
  const queue = fc.record({
    lotSize: fc.constantFrom('1', '0.001', '5', '0.5'),
    needed: fc.integer({ min: 1, max: 50_000 }).map((mantissa) => scaledText(BigInt(mantissa), 3)),
    held: fc.array(
      fc.integer({ min: 1, max: 20_000 }).map((mantissa) => scaledText(BigInt(mantissa), 3)),
      { maxLength: 8 },
    ),
  });

  it('takes what the twin takes, and fills and residual add up to the need exactly', () => {
    fc.assert(
      fc.property(queue, ({ lotSize, needed, held }) => {
        const quantities = held.map((text) => quantity(decimal(text)));
        const core = allocateByQueue(quantity(decimal(needed)), quantities, quantity(decimal(lotSize)));
        const twin = allocateByTwin(fraction(needed), held.map(fraction), fraction(lotSize));
        expect(core.taken.map((each) => each.toFixed())).toEqual(twin.taken.map((each) => each.toDecimalString(12)));
        expectExactly(core.residual, twin.residual, 'residual');
        expect(sum(core.taken).plus(core.residual).toFixed()).toBe(decimal(needed).toFixed());
      }),
      propertyRuns(),
    );
  });

  it('touches nobody while somebody in front still holds something, and leaves less than a lot unless all are exhausted', () => {
    fc.assert(
      fc.property(queue, ({ lotSize, needed, held }) => {
        const quantities = held.map((text) => quantity(decimal(text)));
        const { taken, residual } = allocateByQueue(quantity(decimal(needed)), quantities, quantity(decimal(lotSize)));
        const isExhausted = (at: number): boolean => taken[at]?.eq(quantities[at] ?? 0) ?? false;
        const keeper = quantities.findIndex((_, at) => !isExhausted(at));
        if (keeper === -1) return;
        expect(taken.slice(keeper + 1).every((each) => each.isZero())).toBe(true);
        expect(residual.lt(decimal(lotSize))).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('a deleveraging plan', () => {
  const need = fc.record({
    part: fc.integer({ min: 1, max: 1500 }),
    priceFactor: fc.constantFrom('0.9', '1', '1.1', '1.000001'),
  });

  /** Two residuals of one wave, each a part of what the crowd holds, planned one after the other over one ranking. */
  const plansFor = (
    people: Crowd,
    needs: readonly { readonly part: number; readonly priceFactor: string }[],
  ): readonly DeleveragingPlan[] => {
    const policy = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });
    const ranking = rankCounterparties(coreCounterparties(people), policy);
    const market = coreMarkets({ collateral: '0', markets: [people.market], positions: [] }).get(people.market.marketId);
    if (market === undefined) throw new RangeError('the crowd stands in a market');
    const whole = total(people.members.map((each) => fraction(each.quantity)));
    let remaining: ReadonlyMap<string, Quantity> = new Map();
    return needs.map(({ part, priceFactor }) => {
      const open = whole.times(fraction(scaledText(BigInt(part), 3))).ceilTo(fraction(people.market.lotSize));
      const at = fraction(people.market.markPrice).times(fraction(priceFactor));
      const residual = residualAtPrice(
        market.terms,
        opposite(people.side),
        quantity(decimal(open.toDecimalString(12))),
        price(decimal(at.toDecimalString(20))),
      );
      const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining });
      remaining = remainingAfter(plan, remaining);
      return plan;
    });
  };

  it('adds up, never takes more than a position over a whole wave, and keeps the order of the queue', () => {
    fc.assert(
      fc.property(crowd, fc.array(need, { minLength: 1, maxLength: 3 }), (people, needs) => {
        const takenSoFar = new Map<string, Quantity>();
        for (const plan of plansFor(people, needs)) {
          const moved = sum(plan.transfers.map((transfer) => transfer.quantity));
          expect(moved.plus(plan.residualQuantity).toFixed()).toBe(plan.residual.quantity.toFixed());
          for (const transfer of plan.transfers) {
            expect(transfer.quantity.gt(0)).toBe(true);
            const before = takenSoFar.get(transfer.poolId);
            takenSoFar.set(transfer.poolId, quantity(before === undefined ? transfer.quantity : before.plus(transfer.quantity)));
          }
          const eligible = plan.ranking.filter((each) => each.eligible);
          const leftOf = (at: number) => eligible[at]?.quantity.minus(takenSoFar.get(eligible[at]?.poolId ?? '') ?? 0);
          const keeper = eligible.findIndex((_, at) => leftOf(at)?.gt(0));
          for (const behind of keeper === -1 ? [] : eligible.slice(keeper + 1)) expect(takenSoFar.has(behind.poolId)).toBe(false);
          for (const each of plan.ranking) {
            expect((takenSoFar.get(each.poolId) ?? decimal('0')).lte(each.eligible ? each.quantity : 0), 'more than it holds').toBe(true);
          }
        }
      }),
      propertyRuns(),
    );
  });

  it('states as haircut what the mark is better than the settlement price, and overshoots its budget by nothing, to the quantum', () => {
    // The share and the whole value of a residual are each cut to a quantum.
    const tolerance = fraction('0.000000000002');
    fc.assert(
      fc.property(crowd, need, (people, one) => {
        for (const plan of plansFor(people, [one])) {
          const gap = exactly(plan.markPrice)
            .minus(exactly(plan.residual.price))
            .times(fraction(people.side === 'LONG' ? '1' : '-1'));
          for (const transfer of plan.transfers) {
            const off = exactly(transfer.haircut)
              .minus(gap.times(exactly(transfer.quantity)))
              .absolute();
            expect(off.isBelow(tolerance), `haircut \`${transfer.haircut.toFixed()}\``).toBe(true);
          }
          expect(exactly(plan.overshoot).isBelow(tolerance)).toBe(true);
          expect(plan.taken.minus(plan.budget).toFixed()).toBe(plan.overshoot.toFixed());
        }
      }),
      propertyRuns(),
    );
  });
});
