import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import { wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { sum } from '#core/units/decimal.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { anyLegs, poolOver } from '../support/arbitraries.ts';
import { exactly } from '../support/compare.ts';
import { coreMarkets, corePool, type PoolCase } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { closeLeg, courseWith, ledgerValueOf } from '../support/whole-close.ts';

const assessedNet = (poolCase: PoolCase, markets: MarkedMarkets) => {
  const assessment = assessMargin(netHedges(corePool(poolCase), markets), markets);
  if (!assessment.ok) throw new RangeError('every market of a case has a mark');
  return assessment.value;
};

const course = courseWith('1');

describe('a whole close', () => {
  it('through fills, fund and counterparties ends at a balance of exactly zero, with every entry balanced', () => {
    let closed = 0;
    fc.assert(
      fc.property(poolOver(3, anyLegs), fc.array(course, { minLength: 3, maxLength: 3 }), (poolCase, courses) => {
        const markets = coreMarkets(poolCase);
        const assessment = assessedNet(poolCase, markets);
        // A pool that nets to nothing has nothing to close and keeps what it has.
        if (assessment.positions.length === 0) return;
        let pool = assessment.pool;
        const before = ledgerValueOf(pool, markets);
        const posted: Fraction[] = [];
        for (const [at, leg] of wholeCloseLegs(assessment).entries()) {
          const plan = courses[at];
          const run = plan === undefined ? null : closeLeg({ pool, leg, entries: [] }, markets, plan);
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
