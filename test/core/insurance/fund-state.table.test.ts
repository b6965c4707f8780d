import { describe, expect, it } from 'vitest';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import { drawReserved, type FundState, fundAt, receive, reserve } from '#core/insurance/fund-state.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fundOf } from '../../support/core-states.ts';
import type { FundLimits } from '../../support/small-law.ts';
import { textTable } from '../../support/text-table.ts';

const amount = (text: string): Money => money(decimal(text));
const HOUR = 3_600_000;

const limitsOf = (row: { readonly floor: string; readonly perMarket: string; readonly perInterval: string }): FundLimits => ({
  floor: row.floor,
  ...(row.perMarket === '-' ? {} : { drawCapPerMarket: row.perMarket }),
  ...(row.perInterval === '-' ? {} : { drawCapPerInterval: row.perInterval }),
});

/** `AAA 10, BBB 5`: amounts reserved, or reserved and drawn, one after another; `-` for none. */
const each = (text: string): readonly (readonly [marketId: string, amount: Money])[] =>
  (text === '-' ? [] : text.split(',')).map((one) => {
    const [marketId = '', value = ''] = one.trim().split(' ');
    return [marketId, amount(value)] as const;
  });

const withDraws = (fund: FundState, draws: string): FundState =>
  each(draws).reduce(
    (current, [marketId, drawn]) => drawReserved(reserve(current, marketId, drawn, drawn), marketId, drawn, drawn, epochMs(0)),
    fund,
  );

const withReservations = (fund: FundState, reservations: string): FundState =>
  each(reservations).reduce((current, [marketId, held]) => reserve(current, marketId, held, held), fund);

describe('what a fund may still pay for market AAA', () => {
  it.each(
    textTable(
      'balance | floor | perMarket | perInterval | drawn          | reserved       | available',
      `
       1000    | 0     | -         | -           | -              | -              | 1000
       1000    | 100   | -         | -           | -              | -              | 900
       1000    | 100   | -         | -           | -              | AAA 300, BBB 50 | 550       // what is promised is not there any more
       1000    | 0     | -         | -           | AAA 300        | -              | 700
       100     | 100   | -         | -           | -              | -              | 0         // exactly at its floor
       99      | 100   | -         | -           | -              | -              | 0         // below it: nothing, not less than nothing
       -5      | 0     | -         | -           | -              | -              | 0
       1000    | 0     | 60        | -           | -              | -              | 60
       1000    | 0     | 60        | -           | AAA 50         | -              | 10
       1000    | 0     | 60        | -           | AAA 20         | AAA 30         | 10        // draws and promises count alike
       1000    | 0     | 60        | -           | BBB 60         | -              | 60        // another market's draws do not
       1000    | 0     | 60        | -           | AAA 60         | -              | 0
       1000    | 0     | 0         | -           | -              | -              | 0
       1000    | 0     | -         | 100         | AAA 40, BBB 40 | -              | 20
       1000    | 0     | -         | 100         | BBB 60         | BBB 30         | 10
       1000    | 0     | 60        | 100         | BBB 50         | -              | 50        // the tighter of two caps
       1000    | 970   | 60        | 100         | -              | -              | 30        // or the floor
      `,
    ),
  )('balance $balance, floor $floor, caps $perMarket and $perInterval, drawn $drawn, reserved $reserved: $available', (row) => {
    const fund = withReservations(withDraws(fundOf(row.balance, limitsOf(row)), row.drawn), row.reserved);
    expect(fundAvailable(fund, 'AAA').toFixed()).toBe(row.available);
  });
});

describe('a fund with a cap of 60 an hour and market', () => {
  const drawn = withDraws(fundOf('1000', { drawCapPerMarket: '60' }), 'AAA 60');

  it('forgets its draws with the interval, to the millisecond', () => {
    expect(fundAvailable(fundAt(drawn, epochMs(HOUR - 1)), 'AAA').toFixed()).toBe('0');
    expect(fundAvailable(fundAt(drawn, epochMs(HOUR)), 'AAA').toFixed()).toBe('60');
  });

  it('counts a draw in the interval in which it is paid, and keeps the reservation until then', () => {
    const held = reserve(fundOf('1000', { drawCapPerMarket: '60' }), 'AAA', amount('60'), amount('60'));
    expect(fundAvailable(fundAt(held, epochMs(HOUR)), 'AAA').toFixed()).toBe('0');
    const paid = drawReserved(held, 'AAA', amount('60'), amount('25'), epochMs(HOUR));
    expect(fundAvailable(paid, 'AAA').toFixed()).toBe('35');
    expect(paid.draws).toMatchObject({ intervalStart: HOUR });
  });
});

describe('a fund refuses', () => {
  const fund = fundOf('100', { floor: '40' });

  it('to reserve more than is available', () => {
    expect(() => reserve(fund, 'AAA', amount('60.000000000001'), amount('61'))).toThrow('reserves only what is available');
    expect(() => reserve(fund, 'AAA', amount('60'), amount('61'))).not.toThrow();
  });

  it('to draw more than was reserved, or a negative amount', () => {
    const held = reserve(fund, 'AAA', amount('10'), amount('10'));
    expect(() => drawReserved(held, 'AAA', amount('10'), amount('10.1'), epochMs(0))).toThrow('draws at most what was reserved');
    expect(() => drawReserved(held, 'AAA', amount('10'), amount('-1'), epochMs(0))).toThrow('draws at most what was reserved');
  });

  it('to pass its floor by its own act, even out of a reservation', () => {
    const held = reserve(fund, 'AAA', amount('60'), amount('60'));
    const emptied: FundState = { ...held, balance: amount('90') };
    expect(() => drawReserved(emptied, 'AAA', amount('60'), amount('51'), epochMs(0))).toThrow('stays at or above its floor');
    expect(drawReserved(emptied, 'AAA', amount('60'), amount('50'), epochMs(0)).balance.toFixed()).toBe('40');
  });

  it('to receive a negative amount', () => {
    expect(() => receive(fund, 'AAA', amount('-1'), epochMs(0))).toThrow('receives nothing negative');
  });
});

it('a reservation that ends unused is available again, and leaves no trace', () => {
  const fund = fundOf('100');
  const ended = drawReserved(reserve(fund, 'AAA', amount('60'), amount('60')), 'AAA', amount('60'), amount('0'), epochMs(0));
  expect(ended).toEqual(fund);
});
