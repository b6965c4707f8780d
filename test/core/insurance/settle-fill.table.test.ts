import { describe, expect, it } from 'vitest';
import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import { settleFill } from '#core/insurance/settle-fill.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { fillOf, orderOf } from '../../adapters/venue/samples.ts';
import { caseInState, legWith } from '../../support/core-cases.ts';
import { poolOf, shownPositions, termsOf } from '../../support/core-states.ts';
import { WHOLE_CLOSE } from '../../support/liquidation-run.ts';
import { textTable } from '../../support/text-table.ts';

/** 10 contracts in AAA entered at 100 that are bankrupt at 95 or 105, in an order that reserved 10: its limit is 94 or 106. */
const settled = (row: { readonly side: string; readonly kind: string; readonly absorbs: string; readonly fill: string }) => {
  const side = row.side === 'LONG' ? 'LONG' : 'SHORT';
  const [filled = '', at = ''] = row.fill.split('@');
  const bankruptAt = side === 'LONG' ? '95' : '105';
  const leg = {
    ...legWith('10', side),
    bankruptcyValue: money(decimal(side === 'LONG' ? '950' : '-1050')),
    bankruptcyPrice: price(decimal(bankruptAt)),
  };
  return settleFill({
    pool: poolOf('50', `${side} 10 AAA 1000`),
    liquidation: caseInState('ORDERED', { kind: row.kind === 'REDUCE' ? 'REDUCE' : 'LIQUIDATE', legs: [leg] }),
    leg,
    order: orderOf({
      marketId: 'AAA',
      positionSide: side,
      side: side === 'LONG' ? 'SELL' : 'BUY',
      quantity: quantity(decimal('10')),
      limitPrice: price(decimal(side === 'LONG' ? '94' : '106')),
      reserved: money(decimal('10')),
      status: 'ENDED',
      fillSequence: 1,
      filledQuantity: quantity(decimal(filled)),
      fills: [fillOf(filled, at)],
    }),
    terms: termsOf(),
    policy: WHOLE_CLOSE,
    income: USUAL_FUND_TERMS.income,
    absorbs: row.absorbs === 'yes',
  });
};

describe('a fill of 10 contracts that reserved 10', () => {
  it.each(
    textTable(
      'side  | kind      | absorbs | fill     | drawn | overrun | received | balance | positions',
      `
       LONG  | LIQUIDATE | yes     | 10@96    | 0     | 0       | 10       | 0       | -
       LONG  | LIQUIDATE | yes     | 10@95    | 0     | 0       | 0        | 0       | -
       LONG  | LIQUIDATE | yes     | 10@94    | 10    | 0       | 0        | 0       | -
       LONG  | LIQUIDATE | yes     | 10@93.99 | 10    | 0.1     | 0        | -0.1    | -                  // the pool bears what is beyond the limit
       LONG  | LIQUIDATE | yes     | 10@50    | 10    | 440     | 0        | -440    | -
       LONG  | LIQUIDATE | yes     | 4@90     | 10    | 10      | 0        | 20      | LONG 6 AAA 600     // the rest is 10 short of its bankruptcy price
       LONG  | LIQUIDATE | no      | 10@93.99 | 0     | 0       | 0        | -10.1   | -                  // the fund owes nothing
       LONG  | REDUCE    | yes     | 10@93.99 | 0     | 0       | 0        | -10.1   | -
       SHORT | LIQUIDATE | yes     | 10@106   | 10    | 0       | 0        | 0       | -
       SHORT | LIQUIDATE | yes     | 10@106.5 | 10    | 5       | 0        | -5      | -
      `,
    ),
  )('$side $kind, absorbs $absorbs, $fill: draws $drawn, $overrun beyond', (row) => {
    const { drawn, overrun, received, pool, entry } = settled(row);
    expect([drawn, overrun, received, pool.balance].map((each) => each.toFixed())).toEqual([
      row.drawn,
      row.overrun,
      row.received,
      row.balance,
    ]);
    expect(shownPositions(pool)).toBe(row.positions);
    expect([sum(entry.legs.map((leg) => leg.value)), sum(entry.legs.map((leg) => leg.quantity))].map((each) => each.toFixed())).toEqual([
      '0',
      '0',
    ]);
  });
});
