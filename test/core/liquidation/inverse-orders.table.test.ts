import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import { netHedges } from '#core/account/net-hedges.ts';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import { settleFill } from '#core/insurance/settle-fill.ts';
import { isFillable, limitPrice } from '#core/liquidation/limit-price.ts';
import type { MarketTerms } from '#core/market/contract.ts';
import type { Side } from '#core/market/side.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { fillOf, orderOf } from '../../adapters/venue/samples.ts';
import { caseInState, legWith } from '../../support/core-cases.ts';
import { poolOf, shownPositions, termsOf } from '../../support/core-states.ts';
import { WHOLE_CLOSE } from '../../support/liquidation-run.ts';
import { textTable } from '../../support/text-table.ts';

/** Contracts of 100 quote units, tick 0.5. */
const TERMS: MarketTerms = termsOf('AAA', { contract: 'INVERSE', multiplier: decimal('100') });

const sideOf = (text: string): Side => (text === 'LONG' ? 'LONG' : 'SHORT');

describe('the limit of an order for 10 inverse contracts of 100, tick 0.5', () => {
  it.each(
    textTable(
      'side  | value | reserved | fee | limit | what',
      `
       LONG  | -10   | 0    | 0   | 100   | the bankruptcy price itself: 1,000 over 10
       LONG  | -8    | 2    | 0   | 100   | reaching below 125 by what the fund reserved
       LONG  | -9    | 0    | 0   | 111.5 | 111.11 goes up: the seller never sells cheaper
       LONG  | -10   | 0    | 0.1 | 110   | a fee of 10 % needs 110, where 9.09 and its fee are 10
       LONG  | 1     | 0    | 0   | none  | not even coin for nothing is cheap enough
       LONG  | 1     | 2    | 0   | 1000  | unless the fund pays
       SHORT | 10    | 0    | 0   | 100   | the bankruptcy price of a short
       SHORT | 10    | 2    | 0   | 125   | reaching above it
       SHORT | 9     | 0    | 0   | 111   | 111.11 goes down: the buyer never buys dearer
       SHORT | 10    | 0    | 0.1 | 90    | 11.11 less its fee are 10
       SHORT | 2     | 2    | 0   | 100000000000000000000 | no price ruins it: any will do
       SHORT | -1    | 0    | 0   | 100000000000000000000 | nor where it owns more than it sold
       SHORT | 2001  | 0    | 0   | none  | 0.4997 is below one tick
       LONG  | -4000 | 0    | 0   | 0.5   | and sells at one
      `,
    ),
  )('$what: $side worth $value with $reserved reserved: $limit', ({ side, value, reserved, fee, limit }) => {
    const terms = { ...TERMS, takerFeeRate: ratio(decimal(fee)) };
    const found = limitPrice(terms, sideOf(side), quantity(decimal('10')), decimal(value), money(decimal(reserved)));
    expect(found?.toFixed() ?? 'none').toBe(limit);
  });

  it('of any price fills at every mark that a venue can write', () => {
    const limit = price(decimal('100000000000000000000'));
    expect(isFillable('BUY', limit, price(decimal('999999999999999999.999999999999999999')), TERMS.tickSize)).toBe(true);
  });
});

describe('the books of inverse contracts', () => {
  it.each(
    textTable(
      'positions        | closed | received | realized | balance | rest',
      `
       LONG 10 AAA 10   | 4      | -3.6     | 0.4      | 100.4   | LONG 6 AAA 6       // opened for 4 coins, closed for 3.6
       LONG 10 AAA 10   | 10     | -12      | -2       | 98      | -
       SHORT 10 AAA 10  | 4      | 3.6      | -0.4     | 99.6    | SHORT 6 AAA 6
       SHORT 10 AAA 10  | 10     | 12       | 2        | 102     | -
      `,
    ),
  )('$closed of $positions for $received realizes $realized', ({ positions, closed, received, realized, balance, rest }) => {
    const side = sideOf(positions.slice(0, 4));
    const { pool, realizedPnl } = closePosition(poolOf('100', positions), TERMS, side, quantity(decimal(closed)), money(decimal(received)));
    expect([realizedPnl.toFixed(), pool.balance.toFixed(), shownPositions(pool)]).toEqual([realized, balance, rest]);
  });

  it.each(
    textTable(
      'positions                       | netted        | balance | what',
      `
       LONG 10 AAA 10 + SHORT 10 AAA 8 | -             | 102     | bought cheap for 10 coins, sold dear for 8
       LONG 10 AAA 8 + SHORT 10 AAA 10 | -             | 98      | bought dear, sold cheap
       LONG 10 AAA 10 + SHORT 4 AAA 3  | LONG 6 AAA 6  | 101     | the larger side keeps the rest
      `,
    ),
  )('$what: $positions nets to $netted', ({ positions, netted, balance }) => {
    const markets = new Map([['AAA', { terms: TERMS, markPrice: price(decimal('100')) }]]);
    const pool = netHedges(poolOf('100', positions), markets);
    expect([shownPositions(pool), pool.balance.toFixed()]).toEqual([netted, balance]);
  });
});

/** 10 contracts of 100 entered at 100 for 10 coins, bankrupt at 80 (12.5 coins) or 125 (8 coins), in an order that reserved a coin. */
const settled = (row: { readonly side: string; readonly kind: string; readonly fill: string }) => {
  const side = sideOf(row.side);
  const [filled = '', at = ''] = row.fill.split('@');
  const leg = { ...legWith('10', side), bankruptcyValue: money(decimal(side === 'LONG' ? '-12.5' : '8')) };
  return settleFill({
    pool: poolOf(side === 'LONG' ? '2.5' : '2', `${side} 10 AAA 10`),
    liquidation: caseInState('ORDERED', { kind: row.kind === 'REDUCE' ? 'REDUCE' : 'LIQUIDATE', legs: [leg] }),
    leg,
    order: orderOf({
      marketId: 'AAA',
      positionSide: side,
      side: side === 'LONG' ? 'SELL' : 'BUY',
      quantity: quantity(decimal('10')),
      reserved: money(decimal('1')),
      status: 'ENDED',
      fillSequence: 1,
      filledQuantity: quantity(decimal(filled)),
      fills: [fillOf(filled, at)],
    }),
    terms: TERMS,
    policy: WHOLE_CLOSE,
    income: USUAL_FUND_TERMS.income,
    absorbs: true,
  });
};

describe('a fill of 10 inverse contracts that reserved a coin', () => {
  it.each(
    textTable(
      'side  | kind      | fill  | drawn | overrun | received | balance | positions',
      `
       LONG  | LIQUIDATE | 10@100 | 0    | 0   | 2.5  | 0    | -
       LONG  | LIQUIDATE | 10@80  | 0    | 0   | 0    | 0    | -
       LONG  | LIQUIDATE | 10@74.0740740740740741 | 0.999999999999 | 0 | 0 | 0 | -      // 13.5 coins but for the last place
       LONG  | LIQUIDATE | 10@50  | 1    | 6.5 | 0    | -6.5 | -                          // 20 coins: the pool bears what is beyond the limit
       LONG  | LIQUIDATE | 4@75   | 0.333333333333 | 0 | 0 | 1.5 | LONG 6 AAA 6           // 4/10 of 12.5 are 5, and it cost 5.33
       LONG  | REDUCE    | 10@50  | 0    | 0   | 0    | -7.5 | -
       SHORT | LIQUIDATE | 10@100 | 0    | 0   | 2    | 0    | -
       SHORT | LIQUIDATE | 10@125 | 0    | 0   | 0    | 0    | -
       SHORT | LIQUIDATE | 10@142.8571428571428571 | 0.999999999999 | 0 | 0 | 0 | -
       SHORT | LIQUIDATE | 10@200 | 1    | 2   | 0    | -2   | -
      `,
    ),
  )('$side $kind, $fill: draws $drawn, $overrun beyond', (row) => {
    const { drawn, overrun, received, pool, entry } = settled(row);
    const figures = [drawn, overrun, received, pool.balance].map((each) => each.toFixed());
    expect([...figures, shownPositions(pool)]).toEqual([row.drawn, row.overrun, row.received, row.balance, row.positions]);
    expect(sum(entry.legs.map((leg) => leg.value)).toFixed()).toBe('0');
    expect(sum(entry.legs.map((leg) => leg.quantity)).toFixed()).toBe('0');
  });
});
