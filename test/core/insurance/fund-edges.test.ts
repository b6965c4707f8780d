import { describe, expect, it } from 'vitest';
import { fundAvailable, isDeleveraging } from '#core/insurance/fund-limits.ts';
import { fundEvents } from '#core/insurance/fund-mode.ts';
import { drawReserved, type FundState, fundAt, reserve } from '#core/insurance/fund-state.ts';
import { withPeak } from '#core/insurance/peak-window.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { fundOf } from '../../support/core-states.ts';
import type { FundLimits } from '../../support/small-law.ts';

const HOUR_MS = 3_600_000;
const NOON_MS = 12 * HOUR_MS;

const amount = (text: string): Money => money(decimal(text));

const paid = (fund: FundState, marketId: string, text: string, at: number): FundState => {
  const now = fundAt(fund, epochMs(at));
  return drawReserved(reserve(now, marketId, amount(text), amount(text)), marketId, amount(text), amount(text), epochMs(at));
};

describe('a cap of an interval', () => {
  const before = paid(fundOf('1000', { drawCapPerInterval: '100' }), 'AAA', '90', NOON_MS);

  it('begins anew exactly with the next interval', () => {
    const available = (at: number) => fundAvailable(fundAt(before, epochMs(at)), 'AAA').toFixed();
    expect([available(NOON_MS + HOUR_MS - 1), available(NOON_MS + HOUR_MS)]).toEqual(['10', '100']);
  });

  it('is not begun anew by a draw that comes at an earlier time, before or after it', () => {
    const late = paid(before, 'BBB', '5', NOON_MS - 1);
    expect(fundAvailable(fundAt(late, epochMs(NOON_MS)), 'AAA').toFixed()).toBe('5');
    expect(fundAvailable(fundAt(late, epochMs(NOON_MS - HOUR_MS)), 'AAA').toFixed()).toBe('5');
  });
});

describe('a demand that caps or the floor keep from ever being paid', () => {
  const LIMITS: readonly (readonly [what: string, limits: FundLimits, may: string])[] = [
    ['the cap of its market', { drawCapPerMarket: '10' }, '10'],
    ['the cap of the interval', { drawCapPerInterval: '10' }, '10'],
    ['the floor', { floor: '990' }, '10'],
  ];

  it.each(LIMITS)('starts no mode where %s is far above the line, and leaves the fund to other markets', (_what, limits, may) => {
    const fund = fundOf('1000', { ...limits, drawdown: 'AT_LEAST' });
    const after = reserve(fund, 'AAA', amount(may), amount('5000'));
    expect(isDeleveraging(after, 'BBB')).toBe(false);
    expect(fundEvents(fund, after)).toEqual([]);
  });

  it('starts the mode of a balance no more than the mode of a fall', () => {
    const { policy, ...rest } = fundOf('1000', { drawCapPerMarket: '10' });
    const fund = { ...rest, policy: { ...policy, balanceTrigger: { start: amount('100'), stop: amount('200') } } };
    expect(isDeleveraging(reserve(fund, 'AAA', amount('10'), amount('5000')), 'BBB')).toBe(false);
  });

  it('starts the mode where the line comes before them', () => {
    const fund = fundOf('1000', { drawCapPerMarket: '400', floor: '500', drawdown: 'AT_LEAST' });
    expect(isDeleveraging(reserve(fund, 'AAA', amount('300'), amount('5000')), 'BBB')).toBe(true);
  });
});

describe('a window that its slices do not divide', () => {
  it('has slices that start on whole milliseconds, and no more of them', () => {
    const window = { length: durationMs(10_000), slices: 96 };
    let peaks: ReturnType<typeof withPeak> = [];
    for (let at = 1_760_130_000_001; at < 1_760_130_030_000; at += 7) peaks = withPeak(peaks, amount('1'), window, epochMs(at));
    expect(peaks.every(({ sliceStart }) => Number.isInteger(sliceStart))).toBe(true);
    expect(peaks.length).toBeLessThanOrEqual(97);
  });
});

describe('a reservation', () => {
  it('is not ended twice', () => {
    const fund = reserve(fundOf('1000'), 'AAA', amount('10'), amount('10'));
    const ended = drawReserved(fund, 'AAA', amount('10'), amount('0'), epochMs(0));
    expect(() => drawReserved(ended, 'AAA', amount('10'), amount('0'), epochMs(0))).toThrow('fund usdt ends only what it holds');
  });
});
