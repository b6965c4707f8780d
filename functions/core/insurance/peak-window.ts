import { type Decimal, larger, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { type DurationMs, durationMs, type EpochMs, epochMs, intervalStart } from '../units/time.ts';

/** The highest amount seen in one slice of a window. */
export interface PeakSlice {
  readonly sliceStart: EpochMs;
  readonly peak: Money;
}

/** A rolling window, cut into slices so that its peaks fit into an item. */
export interface PeakWindow {
  readonly length: DurationMs;
  readonly slices: number;
}

/** Whole milliseconds, rounded up: then a window that they do not divide has fewer slices, and no slice starts between two of them. */
const sliceLength = ({ length, slices }: PeakWindow): DurationMs => durationMs((length + ((slices - (length % slices)) % slices)) / slices);

/** Start of the slice that `at` falls in. */
export const sliceStartAt = (window: PeakWindow, at: EpochMs): EpochMs => intervalStart(at, sliceLength(window));

/** The slices that are still in the window at `now`. A peak leaves with its whole slice: up to one slice late, never sooner. */
export const keptPeaks = (peaks: readonly PeakSlice[], window: PeakWindow, now: EpochMs): readonly PeakSlice[] => {
  const oldest = epochMs(now - window.length - sliceLength(window));
  return peaks.filter((slice) => slice.sliceStart > oldest);
};

/** The window moved to `now` with an amount that stands there. Oldest first; at most `slices` + 1 of them. */
export const withPeak = (peaks: readonly PeakSlice[], amount: Money, window: PeakWindow, now: EpochMs): readonly PeakSlice[] => {
  const sliceStart = sliceStartAt(window, now);
  const kept = keptPeaks(peaks, window, now);
  const last = kept.at(-1);
  if (last === undefined || last.sliceStart < sliceStart) return [...kept, { sliceStart, peak: amount }];
  return [...kept.slice(0, -1), { ...last, peak: money(larger(last.peak, amount)) }];
};

/** The highest amount of the slices and `least`. */
export const highestOf = (peaks: readonly PeakSlice[], least: Decimal = ZERO): Money =>
  money(peaks.reduce<Decimal>((peak, slice) => larger(peak, slice.peak), least));
