import fc from 'fast-check';
import { expect } from 'vitest';
import type { Pool } from '#core/account/pool.ts';
import { planClose } from '#core/insurance/plan-orders.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type Fraction, total } from '../reference/fraction.ts';
import { exactly, expectExactly } from './compare.ts';
import { counterpartyFor, fillAtMark, partOf, type Run, transferTo } from './liquidation-run.ts';

/**
 * Cash less what the positions took out when they were opened: a LINEAR LONG and an INVERSE SHORT paid their entry value, the others were paid it.
 * Σ over all accounts of this only moves between them.
 */
export const ledgerValueOf = (pool: Pool, markets: MarkedMarkets): Fraction =>
  exactly(pool.balance).minus(
    total(
      pool.positions.map(({ marketId, side, entryValue }) => {
        const hasPaid = (side === 'LONG') === (markets.get(marketId)?.terms.contract === 'LINEAR');
        return hasPaid ? exactly(entryValue) : exactly(entryValue).negated();
      }),
    ),
  );

/** What a leg is to go through: what the fund may pay, the part of the order that fills, and the part of the rest that is transferred first. */
interface Course {
  readonly available: string;
  readonly filledThousandths: number;
  readonly firstThousandths: number;
}

/** Courses under funds of nothing, of next to nothing, of `smallFund`, and of more than any leg needs. */
export const courseWith = (smallFund: string): fc.Arbitrary<Course> =>
  fc.record({
    available: fc.constantFrom('0', '0.000000000001', smallFund, '1000000', '999999999999'),
    filledThousandths: fc.constantFrom(0, 1, 333, 500, 1000),
    firstThousandths: fc.constantFrom(0, 1, 333, 999),
  });

/** What a leg went through: a fill at the mark of part of its order, then transfers of the rest in two parts. null where the rest has no price. */
export const closeLeg = (run: Run, markets: MarkedMarkets, plan: Course): Run | null => {
  const market = markets.get(run.leg.marketId);
  if (market === undefined) throw new RangeError('a leg stands in a market of the case');
  const order = planClose(run.leg, market, money(decimal(plan.available)));
  const filled = order === null ? null : partOf(order.quantity, plan.filledThousandths);
  let after = order === null || filled === null || filled.isZero() ? run : fillAtMark(run, order, filled, market);
  if (after.leg.residualQuantity.isZero()) return after;
  let counterparty = counterpartyFor(after.leg, after.leg.residualQuantity, market);
  for (const part of [partOf(after.leg.residualQuantity, plan.firstThousandths), null]) {
    const transferred = part ?? after.leg.residualQuantity;
    if (transferred.isZero()) continue;
    const before = ledgerValueOf(counterparty, markets);
    const next = transferTo(after, counterparty, transferred, market);
    if (next === null) return null;
    const [posted] = (next.entries.at(-1)?.legs ?? []).filter((leg) => leg.account === counterparty.poolId);
    const paid = ledgerValueOf(next.counterparty, markets).minus(before);
    expectExactly(posted?.value ?? decimal('0'), paid, 'what the counterparty paid');
    after = next;
    counterparty = next.counterparty;
  }
  expect(counterparty.positions, 'the counterparty is neither flipped nor grown').toHaveLength(0);
  return after;
};
