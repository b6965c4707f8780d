import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byLegOrder } from '#core/liquidation/leg-order.ts';
import type { LegOrder } from '#core/liquidation/reduction-policy.ts';
import { assessedAt, poolOf } from '../../support/core-states.ts';
import { propertyRuns } from '../../support/property-runs.ts';

/** Notional 1000, 900, 1000; PnL −100, +100, 0; maintenance margin 10, 9, 10. */
const POOL = assessedAt(poolOf('100', 'LONG 10 CCC 1100 + SHORT 9 AAA 1000 + LONG 10 BBB 1000'), 'AAA 100, BBB 100, CCC 100');

const EXPECTED: readonly (readonly [LegOrder, string])[] = [
  ['MARKET', 'AAA BBB CCC'],
  ['LARGEST_NOTIONAL', 'BBB CCC AAA'],
  ['LARGEST_LOSS', 'CCC BBB AAA'],
  ['LARGEST_MAINTENANCE', 'BBB CCC AAA'],
];

describe('the order of legs', () => {
  it.each(EXPECTED)('%s is %s, from whatever order', (order, expected) => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...POOL.positions], { minLength: 3 }), (shuffled) => {
        expect(
          shuffled
            .sort(byLegOrder(order))
            .map((each) => each.position.marketId)
            .join(' '),
        ).toBe(expected);
      }),
      { ...propertyRuns(), numRuns: 100 },
    );
  });
});
