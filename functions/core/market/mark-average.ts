import { Decimal, larger, smaller } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import { ceilAtRest } from '../units/rounding.ts';
import { type EpochMs, elapsedMs } from '../units/time.ts';
import type { VolatilityPolicy } from './containment-policy.ts';
import type { MarkObservation } from './market-state.ts';

/** Where a market's marks have been on average, as of its last observation. */
export interface MarkAverage {
  readonly price: Price;
  readonly at: EpochMs;
}

/** Whether a mark lies outside [average / ratio, average · ratio]. Exactly on a bound it does not. Without an average nothing does. */
export const isVolatile = (mark: Price, average: MarkAverage | null, { ratio }: VolatilityPolicy): boolean =>
  average !== null && (mark.gt(average.price.times(ratio)) || mark.times(ratio).lt(average.price));

/** The mark, taken no further from the average than the guard allows: so a false mark moves the average little, and a true one moves it on. */
const tamed = (mark: Price, average: MarkAverage, { ratio }: VolatilityPolicy): Decimal =>
  smaller(larger(mark, average.price.div(ratio)), average.price.times(ratio));

/**
 * The average after an observation, accepted or not.
 *
 * A' = (A·(W − t) + p·t) / W; t time since the last observation, at most W the window; p the mark within [A / ratio, A·ratio]. The first mark is the first
 * average. Quote/base, up to 38 digits. An observation that does not come later than the last one moves nothing.
 * So a market that has truly moved is believed again: every window of such marks takes the average up by at least the ratio, or down to at most
 * e^(1/ratio − 1) of itself.
 * Source: Drift, "too volatile" beyond 5 times its TWAP or below a fifth, over a sanitised TWAP, read 2026-11-22. The window is this engine's to choose.
 */
export const averageAfter = (
  average: MarkAverage | null,
  { markPrice, observedAt }: MarkObservation,
  policy: VolatilityPolicy,
): MarkAverage => {
  if (average === null) return { price: markPrice, at: observedAt };
  const elapsed = elapsedMs(average.at, observedAt);
  if (elapsed === 0) return average;
  const weight = new Decimal(elapsed > policy.window ? policy.window : elapsed);
  const moved = tamed(markPrice, average, policy)
    .times(weight)
    .plus(average.price.times(weight.negated().plus(policy.window)));
  return { price: price(ceilAtRest(moved.div(policy.window))), at: observedAt };
};
