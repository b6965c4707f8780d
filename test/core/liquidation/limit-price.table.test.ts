import { describe, expect, it } from 'vitest';
import { isFillable, limitPrice } from '#core/liquidation/limit-price.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { termsOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const sideOf = (text: string): 'LONG' | 'SHORT' => (text === 'LONG' ? 'LONG' : 'SHORT');

describe('the limit of an order for 10 contracts, tick 0.5', () => {
  it.each(
    textTable(
      'side  | value  | reserved | fee  | limit | what',
      `
       LONG  | 950    | 0        | 0    | 95    | the bankruptcy price itself
       LONG  | 950    | 50       | 0    | 90    | reaching below it by what the fund reserved
       LONG  | 951    | 50       | 0    | 90.5  | 90.1 goes up: the seller never sells cheaper
       LONG  | 954.99 | 50       | 0    | 90.5  | 90.499 too
       LONG  | 955    | 50       | 0    | 90.5  | exactly on the tick stays
       LONG  | 855    | 0        | 0.1  | 95    | a fee of 10 % needs 95 to leave 85.5
       LONG  | 3      | 5        | 0    | 0.5   | any price is good enough: one tick
       LONG  | 0      | 0        | 0    | 0.5   | also for a position that is worth nothing
       SHORT | -1050  | 0        | 0    | 105   | the bankruptcy price of a short
       SHORT | -1050  | 50       | 0    | 110   | reaching above it
       SHORT | -1049  | 50       | 0    | 109.5 | 109.9 goes down: the buyer never buys dearer
       SHORT | -1155  | 0        | 0.1  | 105   | a fee of 10 % makes 105 cost 115.5
       SHORT | -4     | 0        | 0    | none  | 0.4 is below one tick: no price allows it
       SHORT | 1      | 0        | 0    | none  | nor does one below zero
       SHORT | -5     | 0        | 0    | 0.5   | exactly one tick
      `,
    ),
  )('$what: $side worth $value with $reserved reserved: $limit', ({ side, value, reserved, fee, limit }) => {
    const terms = termsOf('AAA', { takerFeeRate: ratio(decimal(fee)) });
    const found = limitPrice(terms, sideOf(side), quantity(decimal('10')), decimal(value), money(decimal(reserved)));
    expect(found?.toFixed() ?? 'none').toBe(limit);
  });

  it('does not lift a price that is on the tick but for the noise of a division', () => {
    // 285 / 3 is 95 however 64 digits write it.
    expect(limitPrice(termsOf(), 'LONG', quantity(decimal('3')), decimal('855').div(9).times(3), money(decimal('0')))?.toFixed()).toBe(
      '95',
    );
  });
});

describe('whether a mark is good enough, tick 0.5', () => {
  it.each(
    textTable(
      'order | limit | mark  | fills | what',
      `
       SELL  | 95    | 95    | yes   | at the limit
       SELL  | 95    | 94.6  | yes   | 94.6 is rounded up to 95 as the limit was
       SELL  | 95    | 94.5  | no    | the next tick
       BUY   | 105   | 105   | yes   | at the limit
       BUY   | 105   | 105.4 | yes   | 105.4 is rounded down to 105
       BUY   | 105   | 105.5 | no    | the next tick
       BUY   | 0.5   | 0.4   | yes   | below one tick anyone may buy
       SELL  | 0.5   | 0.001 | yes   | and a mark below one tick sells at one
      `,
    ),
  )('$what: $order at $limit with a mark of $mark: $fills', ({ order, limit, mark, fills }) => {
    const found = isFillable(order === 'SELL' ? 'SELL' : 'BUY', price(decimal(limit)), price(decimal(mark)), price(decimal('0.5')));
    expect(found ? 'yes' : 'no').toBe(fills);
  });
});
