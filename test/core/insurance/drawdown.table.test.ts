import { describe, expect, it } from 'vitest';
import { type DrawdownState, drawdownOf, trackDrawdown, windowPeak } from '#core/insurance/drawdown.ts';
import { fundAvailable } from '#core/insurance/fund-limits.ts';
import { drawReserved, type FundState, fundAt, receive, reserve } from '#core/insurance/fund-state.ts';
import { present } from '#core/invariant.ts';
import type { DrawdownPolicy } from '#core/policy.ts';
import { decimal, smaller } from '#core/units/decimal.ts';
import { type Money, money } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fundOf } from '../../support/core-states.ts';
import { fundPolicy } from '../../support/small-law.ts';
import { textTable } from '../../support/text-table.ts';

/** Trigger 30 %, release 25 %, for a peak above 100 in 8 hours. */
const policyOf = (operator: DrawdownPolicy['operator']): DrawdownPolicy =>
  present(fundPolicy({ drawdown: operator }).drawdown, 'the limits have a drawdown');

const amount = (text: string): Money => money(decimal(text));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const course = (balances: string, operator: DrawdownPolicy['operator']): DrawdownState => {
  let state: DrawdownState = { peaks: [], active: false };
  for (const [index, balance] of balances.split(' ').entries()) {
    state = trackDrawdown(state, policyOf(operator), amount(balance), epochMs(index * MINUTE));
  }
  return state;
};

describe('the mode after balances one after another', () => {
  it.each(
    textTable(
      'balances                  | AT_LEAST | GREATER_THAN | what',
      `
       1000                      | off      | off          | nothing lost
       1000 701                  | off      | off          | −29.9 %
       1000 700                  | on       | off          | exactly −30 %: the operator decides
       1000 699.999999999999     | on       | on           | a quantum more
       1000 650                  | on       | on           | −35 %, the first published example
       1000 2000 1400            | on       | off          | +1,000, then −600: exactly −30 % of the new peak, the second
       1000 650 749              | on       | on           | −25.1 %: not yet released
       1000 650 750              | on       | on           | exactly −25 %: released only above it
       1000 650 750.000000000001 | off      | off          | a quantum above −25 %
       1000 650 751 701          | off      | off          | between the lines it stays off once it is off
       1000 650 751 700          | on       | off          | and starts again at the trigger
       100 1                     | off      | off          | a peak of exactly the minimum balance
       100.01 1                  | on       | on           | a peak above it
       1000 0                    | on       | on           | an empty fund
       1000 -50                  | on       | on           | a fund in debt
       0                         | off      | off          | a fund that never had anything
      `,
    ),
  )('$what ($balances)', ({ balances, AT_LEAST, GREATER_THAN }) => {
    expect(course(balances, 'AT_LEAST').active ? 'on' : 'off').toBe(AT_LEAST);
    expect(course(balances, 'GREATER_THAN').active ? 'on' : 'off').toBe(GREATER_THAN);
  });

  it('is never on without a policy', () => {
    expect(trackDrawdown(course('1000 1', 'AT_LEAST'), null, amount('1'), epochMs(0))).toEqual({ peaks: [], active: false });
  });
});

/** The fund asked to pay `demand`, as much of it as it may. */
const pay = (fund: FundState, demand: string, at = epochMs(0)): FundState => {
  const paid = money(smaller(fundAvailable(fundAt(fund, at), 'AAA'), amount(demand)));
  return drawReserved(reserve(fundAt(fund, at), 'AAA', paid, amount(demand)), 'AAA', paid, paid, at);
};

describe('the fund pays to the −30 % line and no further', () => {
  it.each(
    textTable(
      'demand | operator     | paid | mode | what',
      `
       299    | AT_LEAST     | 299  | off  | a loss above the line
       300    | AT_LEAST     | 300  | on   | a loss of exactly 30 %
       300    | GREATER_THAN | 300  | off  | the same where the line itself does not count
       350    | AT_LEAST     | 300  | on   | the published example: 50 are left to the counterparties
       350    | GREATER_THAN | 300  | on   | the demand was more than 30 %, whatever was paid
      `,
    ),
  )('$what: of $demand it pays $paid under $operator, mode $mode', ({ demand, operator, paid, mode }) => {
    const after = pay(fundOf('1000', { drawdown: operator === 'AT_LEAST' ? 'AT_LEAST' : 'GREATER_THAN' }), demand);
    expect(amount('1000').minus(after.balance).toFixed()).toBe(paid);
    expect(after.drawdown.active ? 'on' : 'off').toBe(mode);
  });

  it('pays nothing while the mode is on, and again once surpluses brought it above −25 %', () => {
    const down = pay(fundOf('1000', { drawdown: 'AT_LEAST' }), '350');
    expect(fundAvailable(down, 'AAA').toFixed()).toBe('0');
    const almost = receive(down, 'AAA', amount('50'), epochMs(MINUTE));
    expect(fundAvailable(almost, 'AAA').toFixed()).toBe('0');
    const released = receive(almost, 'AAA', amount('1'), epochMs(MINUTE));
    expect(fundAvailable(released, 'AAA').toFixed()).toBe('51');
  });

  it('counts what is promised to orders as gone until they end', () => {
    const promised = fundAt(reserve(fundOf('1000', { drawdown: 'AT_LEAST' }), 'AAA', amount('300'), amount('300')), epochMs(0));
    expect(promised.drawdown.active).toBe(true);
    expect(drawReserved(promised, 'AAA', amount('300'), amount('0'), epochMs(0)).drawdown.active).toBe(false);
  });
});

describe('the window of 8 hours', () => {
  it('forgets a peak when its slice of 5 minutes has left the window, never sooner', () => {
    const start = trackDrawdown({ peaks: [], active: false }, policyOf('AT_LEAST'), amount('1000'), epochMs(0));
    const peakAt = (ms: number): string => windowPeak(trackDrawdown(start, policyOf('AT_LEAST'), amount('650'), epochMs(ms))).toFixed();
    expect([peakAt(8 * HOUR), peakAt(8 * HOUR + 5 * MINUTE - 1), peakAt(8 * HOUR + 5 * MINUTE)]).toEqual(['1000', '1000', '650']);
  });

  it('ends the mode when the peak is forgotten', () => {
    const down = course('1000 650', 'AT_LEAST');
    expect(trackDrawdown(down, policyOf('AT_LEAST'), amount('650'), epochMs(9 * HOUR)).active).toBe(false);
  });

  it('keeps the highest balance of a slice, not the last', () => {
    expect(windowPeak(course('1000 1200 900', 'AT_LEAST')).toFixed()).toBe('1200');
    expect(drawdownOf(course('1000 1200 900', 'AT_LEAST'), amount('900')).toFixed()).toBe('0.25');
  });
});
