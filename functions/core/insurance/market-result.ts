import type { DrawdownPolicy } from '../policy.ts';
import type { Decimal } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import { reachesTrigger } from './drawdown.ts';
import type { MarketResult } from './fund-memory.ts';
import { highestOf, keptPeaks, type PeakWindow, withPeak } from './peak-window.ts';

/**
 * Slices of a market's window: fewer than a fund's, because a fund keeps one window for each market that moved in it. 24 hold a peak of 8 hours back by up
 * to 20 minutes, and 200 markets that all moved still fit into an item.
 */
export const RESULT_SLICES_PER_WINDOW = 24;

const windowOf = ({ window }: DrawdownPolicy): PeakWindow => ({ length: window, slices: RESULT_SLICES_PER_WINDOW });

/** Highest result in the window, the present one included. */
export const resultPeak = ({ result, peaks }: MarketResult): Money => highestOf(peaks, result);

/** The result after an income (above zero) or a payment (below): what stood until now counts in the window as well as what stands from now on. */
export const withChange = (before: MarketResult, amount: Decimal, policy: DrawdownPolicy, now: EpochMs): MarketResult => {
  const result = money(before.result.plus(amount));
  const window = windowOf(policy);
  return { ...before, result, peaks: withPeak(withPeak(before.peaks, before.result, window, now), result, window, now) };
};

/** What a market is judged against: the peak of its fund's balance in the window, and what it holds for running orders. Asset of the fund. */
export interface ResultGround {
  readonly fundPeak: Money;
  readonly reserved: Decimal;
}

/**
 * Moves a market's window to `now` and judges its deleveraging mode with hysteresis.
 *
 * lost = highest result − (result − reserved); P = peak of the fund's balance in the window. On when P > minimumBalance and lost ≥ (or >, by `operator`)
 * trigger·P; off when lost < release·P or P is not above zero; else as before. Money in the fund's asset.
 * Source: Bybit ADL alert, pnlRatio = (symbol PnL now − its maximum in 8 h) / maximum balance of the pool in 8 h, read 2026-11-22. Its text starts at
 * "<" and its second example at exactly −30 %: hence the operator.
 */
export const trackResult = (before: MarketResult, policy: DrawdownPolicy, ground: ResultGround, now: EpochMs): MarketResult => {
  const moved = { ...before, peaks: keptPeaks(before.peaks, windowOf(policy), now) };
  const { fundPeak, reserved } = ground;
  const lost = resultPeak(moved).minus(moved.result).plus(reserved);
  const holds = fundPeak.gt(0) && lost.gte(fundPeak.times(policy.release));
  const starts = fundPeak.gt(policy.minimumBalance) && reachesTrigger(lost, fundPeak, policy);
  return { ...moved, active: before.active ? holds : starts };
};

/** How much more a market may cost before its own line, highest result − trigger·P; null where the rule does not apply. May be below zero. */
export const resultAllowance = (each: MarketResult, policy: DrawdownPolicy, { fundPeak, reserved }: ResultGround): Decimal | null =>
  fundPeak.gt(policy.minimumBalance) ? fundPeak.times(policy.trigger).minus(resultPeak(each).minus(each.result)).minus(reserved) : null;
