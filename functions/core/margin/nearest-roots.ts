import type { Decimal } from '../units/decimal.ts';
import { larger, smaller } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import type { CurveSegment } from './margin-curve.ts';

/** The prices nearest to the mark at which the curve's sign changes, on either side; null where it never does. */
export interface NearestRoots {
  readonly below: Price | null;
  readonly above: Price | null;
}

const valueOn = (segment: CurveSegment, at: Decimal): Decimal => segment.intercept.plus(segment.slope.times(at));

const rootOn = (segment: CurveSegment): Decimal => segment.intercept.negated().div(segment.slope);

const positivePrice = (at: Decimal): Price | null => (at.gt(0) ? price(at) : null);

/** `sign` +1 looks for the first price below the mark with h < 0, −1 for the first with h > 0. */
const rootBelow = (segments: readonly CurveSegment[], mark: Decimal, sign: Decimal): Price | null => {
  for (const segment of segments.toReversed()) {
    if (segment.from.gte(mark)) continue;
    const start = segment.to === null ? mark : smaller(segment.to, mark);
    // The curve of flat tiers jumps at a boundary, which itself belongs to the lower tier.
    if (valueOn(segment, start).times(sign).lt(0)) return positivePrice(start);
    if (valueOn(segment, segment.from).times(sign).lt(0)) return positivePrice(rootOn(segment));
  }
  return null;
};

const rootAbove = (segments: readonly CurveSegment[], mark: Decimal, sign: Decimal): Price | null => {
  for (const segment of segments) {
    if (segment.to !== null && segment.to.lte(mark)) continue;
    const start = larger(segment.from, mark);
    if (valueOn(segment, start).times(sign).lt(0)) return positivePrice(start);
    if (segment.to === null) return segment.slope.times(sign).lt(0) ? positivePrice(rootOn(segment)) : null;
    if (valueOn(segment, segment.to).times(sign).lt(0)) return positivePrice(rootOn(segment));
  }
  return null;
};

/**
 * The nearest sign changes of h on both sides of the mark. `sign` is +1 when h ≥ 0 at the mark and −1 when h < 0 there.
 * A root is exact up to its one division (64 digits). Total; at most one pass over the segments per side.
 */
export const nearestRoots = (segments: readonly CurveSegment[], mark: Decimal, sign: Decimal): NearestRoots => ({
  below: rootBelow(segments, mark, sign),
  above: rootAbove(segments, mark, sign),
});
