import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import { wholeCloseLegs } from '#core/insurance/plan-orders.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import { sum } from '#core/units/decimal.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { exactly } from '../support/compare.ts';
import { MIXTURES, mixedPool } from '../support/mixed-pools.ts';
import { coreMarkets, corePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { closeLeg, courseWith, ledgerValueOf } from '../support/whole-close.ts';

const course = courseWith('0.01');

describe.each(MIXTURES)('the whole close of a pool of %s contracts', (mixture) => {
  it('through fills, fund and counterparties ends at a balance of exactly zero, with every entry balanced', () => {
    let closed = 0;
    let transferred = 0;
    fc.assert(
      fc.property(mixedPool(mixture), fc.array(course, { minLength: 3, maxLength: 3 }), (poolCase, courses) => {
        const markets = coreMarkets(poolCase);
        const assessment = assessMargin(netHedges(corePool(poolCase), markets), markets);
        if (!assessment.ok) throw new RangeError('every market of a case has a mark');
        // A pool that nets to nothing has nothing to close and keeps what it has.
        if (assessment.value.positions.length === 0) return;
        let { pool } = assessment.value;
        const before = ledgerValueOf(pool, markets);
        const posted: Fraction[] = [];
        for (const [at, leg] of wholeCloseLegs(assessment.value).entries()) {
          const plan = courses[at];
          const run = plan === undefined ? null : closeLeg({ pool, leg, entries: [] }, markets, plan);
          if (run === null) return;
          expect(run.leg.residualQuantity.toFixed()).toBe('0');
          expect(run.leg.bankruptcyValue.toFixed()).toBe('0');
          for (const entry of run.entries) {
            expect(sum(entry.legs.map((each) => each.value)).toFixed()).toBe('0');
            expect(sum(entry.legs.map((each) => each.quantity)).toFixed()).toBe('0');
            posted.push(...entry.legs.filter((each) => each.account === pool.poolId).map((each) => exactly(each.value)));
            if (entry.kind === 'DELEVERAGING') transferred += 1;
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
    expect(transferred).toBeGreaterThan(300);
  });
});
