import { Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { contains, type Interval } from './interval.ts';

/** From a thousand down to the quantum of an asset, 1e-12. */
const STEPS: readonly Decimal[] = Array.from({ length: 16 }, (_, index) => new Decimal(`1e${3 - index}`));

const TWO = new Decimal(2);

/** The multiple of `step` in the interval that is nearest to zero; null when none lies in it. */
const nearestMultiple = (interval: Interval, step: Decimal): Decimal | null => {
  if (contains(interval, ZERO)) return ZERO;
  const { least, most } = interval;
  const end = least?.gte(0) ? least.div(step).ceil() : (most ?? ZERO).div(step).floor();
  const beyond = least?.gte(0) ? end.plus(ONE) : end.minus(ONE);
  return [end, beyond].map((count) => count.times(step)).find((value) => contains(interval, value)) ?? null;
};

const middle = ({ least, most }: Interval): Decimal | null => {
  if (least === null || most === null) return least ?? most;
  return least.plus(most).div(TWO);
};

/**
 * A decimal of the interval that a person can read: the nearest to zero among those with the fewest digits, down to the quantum of an asset, else the
 * middle. With `step` (1 or a part of 1) only multiples of it; null when none lies in the interval.
 */
export const simplestIn = (interval: Interval, step: Decimal | null = null): Decimal | null => {
  for (const candidate of STEPS) {
    if (step !== null && (candidate.gt(ONE) || candidate.lt(step))) continue;
    const value = nearestMultiple(interval, candidate);
    if (value !== null) return value;
  }
  const between = step === null ? middle(interval) : null;
  return between !== null && contains(interval, between) ? between : null;
};
