import { describe, expect, it } from 'vitest';
import { closePosition, creditPool } from '#core/account/close-position.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { poolOf, shownPositions, termsOf } from '../../support/core-states.ts';
import { textTable } from '../../support/text-table.ts';

const close = (positions: string, side: 'LONG' | 'SHORT', closed: string, received: string) =>
  closePosition(poolOf('100', positions), termsOf(), side, quantity(decimal(closed)), money(decimal(received)));

describe('closing part of a position in a pool with a balance of 100', () => {
  it.each(
    textTable(
      'positions        | closed | received | realized | balance | rest',
      `
       LONG 10 AAA 1000 | 4      | 380      | -20      | 80      | LONG 6 AAA 600
       LONG 10 AAA 1000 | 10     | 1100     | 100      | 200     | -
       LONG 10 AAA 1000 | 10     | -5       | -1005    | -905    | -                       // fees ate more than the price
       SHORT 10 AAA 1000 | 4     | -380     | 20       | 120     | SHORT 6 AAA 600
       SHORT 10 AAA 1000 | 10    | -1100    | -100     | 0       | -
       LONG 3 AAA 100   | 1      | 40       | 6.666666666667 | 106.666666666667 | LONG 2 AAA 66.666666666667 // the part goes down to the quantum
      `,
    ),
  )('$closed of $positions for $received realizes $realized', ({ positions, closed, received, realized, balance, rest }) => {
    const { pool, realizedPnl } = close(positions, positions.startsWith('LONG') ? 'LONG' : 'SHORT', closed, received);
    expect(realizedPnl.toFixed()).toBe(realized);
    expect(pool.balance.toFixed()).toBe(balance);
    expect(shownPositions(pool)).toBe(rest);
  });

  it('one third after another gives exactly the whole', () => {
    let pool = poolOf('0', 'LONG 3 AAA 100');
    for (const _ of [1, 2, 3]) pool = closePosition(pool, termsOf(), 'LONG', quantity(decimal('1')), money(decimal('33'))).pool;
    expect([shownPositions(pool), pool.balance.toFixed()]).toEqual(['-', '-1']);
  });

  it('leaves the other side and other markets as they are', () => {
    const { pool } = close('LONG 10 AAA 1000 + SHORT 2 AAA 200 + LONG 1 BBB 5', 'LONG', '10', '1000');
    expect(shownPositions(pool)).toBe('SHORT 2 AAA 200 + LONG 1 BBB 5');
  });

  it.each(['0', '10.000000000001'])('refuses to close %s of 10', (closed) => {
    expect(() => close('LONG 10 AAA 1000', 'LONG', closed, '0')).toThrow('a close takes more than nothing and at most the position');
  });

  it('refuses a side that the pool does not hold', () => {
    expect(() => close('LONG 10 AAA 1000', 'SHORT', '1', '0')).toThrow('pool a1#CROSS#USDT holds SHORT AAA');
  });

  it('credits and debits', () => {
    expect(creditPool(poolOf('100', '-'), money(decimal('-100.5'))).balance.toFixed()).toBe('-0.5');
  });
});
