import { describe, expect, it } from 'vitest';
import { fundAvailable, isDeleveraging } from '#core/insurance/fund-limits.ts';
import { fundEvents } from '#core/insurance/fund-mode.ts';
import { drawReserved, type FundState, fundAt, receive, reserve } from '#core/insurance/fund-state.ts';
import type { DrawdownPolicy } from '#core/policy.ts';
import { decimal, smaller } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fundOf } from '../support/core-states.ts';

/**
 * Bybit, "Auto-Deleveraging (ADL) alert" with three worked examples: pnlRatio = (symbol PnL now − symbol 8 h maximum)/pool 8 h maximum, start −0.3, stop
 * −0.25, adlTriggerThreshold 10,000. Read 2026-11-22.
 */
const POLICY: DrawdownPolicy = {
  measure: 'MARKET_RESULT',
  window: durationMs(8 * 3_600_000),
  trigger: ratio(decimal('0.3')),
  release: ratio(decimal('0.25')),
  operator: 'AT_LEAST',
  minimumBalance: money(decimal('10000')),
};

const MINUTE_MS = 60_000;
const amount = (text: string) => money(decimal(text));
const at = (minute: number) => epochMs(minute * MINUTE_MS);

const pool = (balance: string, operator: DrawdownPolicy['operator'] = 'AT_LEAST'): FundState => {
  const { policy, ...fund } = fundOf(balance);
  const balanceTrigger = { start: amount('0'), stop: amount('0') };
  return fundAt({ ...fund, policy: { ...policy, drawdown: { ...POLICY, operator }, balanceTrigger } }, at(0));
};

/** The fund asked to pay a market's loss: as much as it may. */
const lose = (fund: FundState, marketId: string, loss: string, minute: number): FundState => {
  const now = fundAt(fund, at(minute));
  const paid = money(smaller(fundAvailable(now, marketId), amount(loss)));
  return drawReserved(reserve(now, marketId, paid, amount(loss)), marketId, paid, paid, at(minute));
};

describe("V8, Bybit's first example: a pool of 1,000,000 of which A loses 350,000", () => {
  const before = pool('1000000');
  const after = lose(before, 'A', '350000', 1);

  it('the pool pays down to the −30 % line, the counterparties find the other 50,000', () => {
    expect(after.balance.toFixed()).toBe('700000');
    expect(fundAvailable(after, 'A').toFixed()).toBe('0');
  });

  it('deleveraging starts for A alone, by its rate', () => {
    expect([isDeleveraging(after, 'A'), isDeleveraging(after, 'B')]).toEqual([true, false]);
    expect(fundEvents(before, after)).toEqual([{ kind: 'DELEVERAGING_START', cause: 'RATE', marketId: 'A' }]);
  });

  it('it stops above −25 %, not at it', () => {
    const atLine = receive(after, 'A', amount('50000'), at(2));
    const above = receive(atLine, 'A', amount('1'), at(3));
    expect([isDeleveraging(atLine, 'A'), isDeleveraging(above, 'A')]).toEqual([true, false]);
    expect(fundEvents(atLine, above)).toEqual([{ kind: 'DELEVERAGING_END', cause: 'RATE', marketId: 'A' }]);
  });
});

describe("V8, Bybit's second example: A earns 1,000,000, then loses 600,000", () => {
  it.each([
    ['AT_LEAST', true],
    ['GREATER_THAN', false],
  ] as const)('exactly −30 %% of the pool of 2,000,000 starts it under %s: %s', (operator, starts) => {
    const earned = receive(pool('1000000', operator), 'A', amount('1000000'), at(1));
    const after = lose(earned, 'A', '600000', 2);
    expect([after.balance.toFixed(), isDeleveraging(after, 'A')]).toEqual(['1400000', starts]);
  });
});

describe("V8, Bybit's third example: no symbol reaches −30 %, but the pool reaches zero", () => {
  const losses = ['A', 'B', 'C', 'D'] as const;
  const after = losses.reduce((fund, marketId, nth) => lose(fund, marketId, '250000', nth + 1), pool('1000000'));

  it('the whole pool deleverages, by its balance, until it is above zero again', () => {
    expect(after.balance.toFixed()).toBe('0');
    expect(losses.filter((marketId) => after.memory.results.get(marketId)?.active)).toEqual([]);
    expect(losses.every((marketId) => isDeleveraging(after, marketId))).toBe(true);
    expect(fundEvents(pool('1000000'), after)).toEqual([{ kind: 'DELEVERAGING_START', cause: 'BALANCE', marketId: null }]);
    expect(isDeleveraging(receive(after, 'B', amount('0.01'), at(9)), 'B')).toBe(false);
  });
});

describe('V8, a pool at or below adlTriggerThreshold', () => {
  it('starts no market by its rate', () => {
    expect(isDeleveraging(lose(pool('10000'), 'A', '9000', 1), 'A')).toBe(false);
  });
});
