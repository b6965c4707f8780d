import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import type { Pool } from '#core/account/pool.ts';
import { planClose, wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { anyLegs, poolOver } from '../support/arbitraries.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { counterpartyFor, fillAtMark, partOf, type Run, transferTo } from '../support/liquidation-run.ts';
import { coreMarkets, corePool, type PoolCase } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Cash less what the positions are carried at: Σ over all accounts of this only moves between them. */
const ledgerValueOf = (pool: Pool): Fraction =>
  exactly(pool.balance).minus(
    total(pool.positions.map((each) => (each.side === 'LONG' ? exactly(each.entryValue) : exactly(each.entryValue).negated()))),
  );

const assessedNet = (poolCase: PoolCase) => {
  const markets = coreMarkets(poolCase);
  const assessment = assessMargin(netHedges(corePool(poolCase), markets), markets);
  if (!assessment.ok) throw new RangeError('every market of a case has a mark');
  return assessment.value;
};

const course = fc.record({
  available: fc.constantFrom('0', '0.000000000001', '1', '1000000', '999999999999'),
  filledThousandths: fc.constantFrom(0, 1, 333, 500, 1000),
  firstThousandths: fc.constantFrom(0, 1, 333, 999),
});

/** What a leg went through: a fill at the mark of part of its order, then transfers of the rest in two parts. null where the rest has no price. */
const closeLeg = (
  run: Run,
  poolCase: PoolCase,
  plan: { available: string; filledThousandths: number; firstThousandths: number },
): Run | null => {
  const market = coreMarkets(poolCase).get(run.leg.marketId);
  if (market === undefined) throw new RangeError('a leg stands in a market of the case');
  const order = planClose(run.leg, market, money(decimal(plan.available)));
  const filled = order === null ? null : partOf(order.quantity, plan.filledThousandths);
  let after = order === null || filled === null || filled.isZero() ? run : fillAtMark(run, order, filled, market);
  if (after.leg.residualQuantity.isZero()) return after;
  let counterparty = counterpartyFor(after.leg, after.leg.residualQuantity, market);
  for (const part of [partOf(after.leg.residualQuantity, plan.firstThousandths), null]) {
    const transferred = part ?? after.leg.residualQuantity;
    if (transferred.isZero()) continue;
    const before = ledgerValueOf(counterparty);
    const next = transferTo(after, counterparty, transferred, market);
    if (next === null) return null;
    const [posted] = (next.entries.at(-1)?.legs ?? []).filter((leg) => leg.account === counterparty.poolId);
    expectExactly(posted?.value ?? decimal('0'), ledgerValueOf(next.counterparty).minus(before), 'what the counterparty paid');
    after = next;
    counterparty = next.counterparty;
  }
  expect(counterparty.positions, 'the counterparty is neither flipped nor grown').toHaveLength(0);
  return after;
};

describe('a whole close', () => {
  it('through fills, fund and counterparties ends at a balance of exactly zero, with every entry balanced', () => {
    let closed = 0;
    fc.assert(
      fc.property(poolOver(3, anyLegs), fc.array(course, { minLength: 3, maxLength: 3 }), (poolCase, courses) => {
        const assessment = assessedNet(poolCase);
        // A pool that nets to nothing has nothing to close and keeps what it has.
        if (assessment.positions.length === 0) return;
        let pool = assessment.pool;
        const before = ledgerValueOf(pool);
        const posted: Fraction[] = [];
        for (const [at, leg] of wholeCloseLegs(assessment).entries()) {
          const plan = courses[at];
          const run = plan === undefined ? null : closeLeg({ pool, leg, entries: [] }, poolCase, plan);
          if (run === null) return;
          expect(run.leg.residualQuantity.toFixed()).toBe('0');
          expect(run.leg.bankruptcyValue.toFixed()).toBe('0');
          for (const entry of run.entries) {
            expect(sum(entry.legs.map((each) => each.value)).toFixed()).toBe('0');
            expect(sum(entry.legs.map((each) => each.quantity)).toFixed()).toBe('0');
            posted.push(...entry.legs.filter((each) => each.account === pool.poolId).map((each) => exactly(each.value)));
          }
          pool = run.pool;
        }
        expect(pool.positions).toHaveLength(0);
        expect(pool.balance.toFixed()).toBe('0');
        expect(before.plus(total([fraction('0'), ...posted])).sign(), 'the journal tells the same').toBe(0);
        closed += 1;
      }),
      propertyRuns(),
    );
    expect(closed).toBeGreaterThan(300);
  });
});
