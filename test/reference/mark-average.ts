import { type Fraction, greatest, least, ZERO } from './fraction.ts';

/** Whether a mark is more than `ratio` times the average, or less than that part of it. */
export const isFar = (mark: Fraction, average: Fraction | null, ratio: Fraction): boolean =>
  average !== null && (mark.isAbove(average.times(ratio)) || mark.isBelow(average.over(ratio)));

/**
 * The average with a mark that stood for `elapsed` of `window`: what was there keeps the rest of the window. The mark counts no further from the average
 * than by `ratio`. Without elapsed time nothing moves; without an average the mark is it.
 */
export const averageOf = (average: Fraction | null, mark: Fraction, elapsed: Fraction, window: Fraction, ratio: Fraction): Fraction => {
  if (average === null) return mark;
  const within = least(greatest(mark, average.over(ratio)), average.times(ratio));
  const share = least(elapsed, window).over(window);
  return share.sign() <= 0 ? average.plus(ZERO) : average.plus(within.minus(average).times(share));
};
