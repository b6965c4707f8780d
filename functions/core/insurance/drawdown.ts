import type { DrawdownPolicy } from '../policy.ts';
import { type Decimal, ONE, ZERO } from '../units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import { highestOf, type PeakSlice, withPeak } from './peak-window.ts';

export interface DrawdownState {
  /** Oldest first; at most `SLICES_PER_WINDOW` + 1. */
  readonly peaks: readonly PeakSlice[];
  readonly active: boolean;
}

/**
 * Slices that a window is cut into. A peak leaves the window when its whole slice has: up to one slice late, which holds the fund back longer, never shorter.
 * 96 keeps the item small and an 8-hour window exact to 5 minutes.
 */
export const SLICES_PER_WINDOW = 96;

/** Highest balance in the window. */
export const windowPeak = (state: DrawdownState): Money => highestOf(state.peaks);

/** (peak − balance) / peak; 0 for a fund that never had anything. 64 digits. */
export const drawdownOf = (state: DrawdownState, balance: Money): Ratio => {
  const peak = windowPeak(state);
  return ratio(peak.gt(0) ? peak.minus(balance).div(peak) : ZERO);
};

/** Whether a fall of `lost` reaches the trigger's line below a peak: exactly on it as `operator` says. Both in the fund's asset. */
export const reachesTrigger = (lost: Decimal, peak: Money, { trigger, operator }: DrawdownPolicy): boolean => {
  const line = peak.times(trigger);
  return operator === 'AT_LEAST' ? lost.gte(line) : lost.gt(line);
};

const isTriggered = (peak: Money, balance: Money, policy: DrawdownPolicy): boolean =>
  peak.gt(policy.minimumBalance) && reachesTrigger(peak.minus(balance), peak, policy);

/**
 * Moves the window to `now` and judges the drawdown mode with hysteresis.
 *
 * left = balance − reserved: what is promised to orders counts as gone until they end. On when peak > minimumBalance and peak − left ≥ (or >, by
 * `operator`) trigger·peak; off when peak − left < release·peak or the window has seen nothing above zero; else as before.
 * Money in the fund's asset. Without a policy the mode is never on, nor where each market's own result is measured (see `trackResult`): then only the
 * peaks of the balance are kept.
 * Source: Bybit ADL alert rules (8 h window, −30 % start, −25 % stop), read 2026-11-22.
 */
export const trackDrawdown = (
  state: DrawdownState,
  policy: DrawdownPolicy | null,
  balance: Money,
  now: EpochMs,
  reserved: Money = money(ZERO),
): DrawdownState => {
  if (policy === null) return { peaks: [], active: false };
  const peaks = withPeak(state.peaks, balance, { length: policy.window, slices: SLICES_PER_WINDOW }, now);
  if (policy.measure === 'MARKET_RESULT') return { peaks, active: false };
  const peak = windowPeak({ peaks, active: state.active });
  const left = money(balance.minus(reserved));
  const active = state.active ? peak.gt(0) && peak.minus(left).gte(peak.times(policy.release)) : isTriggered(peak, left, policy);
  return { peaks, active };
};

/**
 * The mode after somebody asked for more than the line allows: on when paying all that was asked would have triggered it, although the payment itself
 * stops at the line. Otherwise the fund would creep along the line, paying again with every small income, and the release would mean nothing.
 */
export const afterDemand = (state: DrawdownState, policy: DrawdownPolicy | null, leftAfterDemand: Money): DrawdownState =>
  policy?.measure === 'FUND_BALANCE' && isTriggered(windowPeak(state), leftAfterDemand, policy) ? { ...state, active: true } : state;

/** The balance below which no draw may take the fund, peak·(1 − trigger); null when the rule does not apply. The fund's asset. */
export const drawdownLine = (state: DrawdownState, policy: DrawdownPolicy | null): Money | null => {
  if (policy?.measure !== 'FUND_BALANCE') return null;
  const peak = windowPeak(state);
  return peak.gt(policy.minimumBalance) ? money(peak.times(ONE.minus(policy.trigger))) : null;
};
