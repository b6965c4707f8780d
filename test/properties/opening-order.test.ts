import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byOpeningOrder } from '#core/liquidation/opening-order.ts';
import { assess } from '../reference/margin.ts';
import { crossPool } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Health of a pool as the twin has it: marginBalance / maintenanceMargin. */
const healthOf = (poolCase: PoolCase) => {
  const { marginBalance, maintenanceMargin } = assess(referencePool(poolCase));
  return marginBalance.over(maintenanceMargin);
};

describe('the opening order', () => {
  const needsMargin = crossPool.filter((poolCase) => assess(referencePool(poolCase)).maintenanceMargin.sign() > 0);

  it('is worst health first, then the id, whatever the order in which the pools come', () => {
    const shuffled = fc
      .array(needsMargin, { minLength: 1, maxLength: 4 })
      // Each pool twice, so that equal health is the rule.
      .map((pools) => [...pools, ...pools].map((poolCase, at) => ({ poolCase, accountId: `a${at}` })))
      .chain((named) => fc.shuffledSubarray(named, { minLength: named.length }).map((otherOrder) => ({ named, otherOrder })));
    fc.assert(
      fc.property(shuffled, ({ named, otherOrder }) => {
        const twin = named.toSorted(
          (a, b) => healthOf(a.poolCase).comparedTo(healthOf(b.poolCase)) || (a.accountId < b.accountId ? -1 : 1),
        );
        const core = otherOrder.map((each) => assessed(each.poolCase, each.accountId)).toSorted(byOpeningOrder);
        expect(core.map((each) => each.pool.accountId)).toEqual(twin.map((each) => each.accountId));
      }),
      propertyRuns(),
    );
  });
});
