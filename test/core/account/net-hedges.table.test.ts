import { describe, expect, it } from 'vitest';
import { netHedges } from '#core/account/net-hedges.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { assessedAt, poolOf, shownPositions, termsOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const MARKETS = new Map(['AAA', 'BBB'].map((marketId) => [marketId, { terms: termsOf(marketId), markPrice: price(decimal('100')) }]));

describe('a hedge-mode pool with a balance of 100', () => {
  it.each(
    textTable(
      'positions                               | netted                                   | balance | what',
      `
       LONG 10 AAA 1000                        | LONG 10 AAA 1000                         | 100     | nothing to net
       LONG 10 AAA 1000 + SHORT 10 AAA 1000    | -                                        | 100     | a perfect hedge
       LONG 10 AAA 1000 + SHORT 10 AAA 1200    | -                                        | 300     | sold dearer than bought
       LONG 10 AAA 1000 + SHORT 10 AAA 500     | -                                        | -400    | bought dearer than sold
       LONG 10 AAA 1000 + SHORT 4 AAA 480      | LONG 6 AAA 600                           | 180     | the larger side keeps the rest
       LONG 4 AAA 400 + SHORT 10 AAA 1200      | SHORT 6 AAA 720                          | 180     | on either side
       LONG 1 AAA 100 + SHORT 10 BBB 500       | LONG 1 AAA 100 + SHORT 10 BBB 500        | 100     | different markets are no hedge
       LONG 3 AAA 300 + SHORT 1 AAA 110 + SHORT 2 BBB 90 + LONG 2 BBB 100 | LONG 2 AAA 200 | 100 | market by market
       LONG 3 AAA 100 + SHORT 1 AAA 33         | LONG 2 AAA 66.666666666667               | 99.666666666667 | a third goes down to the quantum
       -                                       | -                                        | 100     | no position
      `,
    ),
  )('$what: $positions nets to $netted', ({ positions, netted, balance }) => {
    const pool = netHedges(poolOf('100', positions), MARKETS);
    expect(shownPositions(pool)).toBe(netted);
    expect(pool.balance.toFixed()).toBe(balance);
  });

  it('has the same margin balance before and after, at any mark', () => {
    const pool = poolOf('100', 'LONG 3 AAA 100 + SHORT 1 AAA 33 + SHORT 7 BBB 400');
    for (const marks of ['AAA 30, BBB 57', 'AAA 33.333, BBB 0.001', 'AAA 1000000, BBB 57']) {
      expect(assessedAt(netHedges(pool, MARKETS), marks).marginBalance.toFixed()).toBe(assessedAt(pool, marks).marginBalance.toFixed());
    }
  });
});
