import type { Decimal } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import { type CurveSegment, type MarginCurve, segmentsDown, segmentsUp } from './margin-curve.ts';

/** The prices nearest to the mark at which the curve's sign changes, on either side; null where it never does. */
export interface NearestRoots {
  readonly below: Price | null;
  readonly above: Price | null;
}

const valueOn = (segment: CurveSegment, at: Decimal): Decimal => segment.intercept.plus(segment.slope.times(at));

const rootOn = (segment: CurveSegment): Decimal => segment.intercept.negated().div(segment.slope);

const positivePrice = (at: Decimal): Price | null => (at.gt(0) ? price(at) : null);

/** `sign` +1 looks for the first price below the mark with h < 0, −1 for the first with h > 0. */
const rootBelow = (curve: MarginCurve, mark: Decimal, sign: Decimal): Price | null => {
  for (const segment of segmentsDown(curve, mark)) {
    const top = segment.to ?? mark;
    // The curve of flat tiers jumps at a boundary, which itself belongs to the lower tier.
    if (valueOn(segment, top).times(sign).lt(0)) return positivePrice(top);
    if (valueOn(segment, segment.from).times(sign).lt(0)) return positivePrice(rootOn(segment));
  }
  return null;
};

const rootAbove = (curve: MarginCurve, mark: Decimal, sign: Decimal): Price | null => {
  for (const segment of segmentsUp(curve, mark)) {
    if (valueOn(segment, segment.from).times(sign).lt(0)) return positivePrice(segment.from);
    const falls = segment.to === null ? segment.slope.times(sign).lt(0) : valueOn(segment, segment.to).times(sign).lt(0);
    if (falls) return positivePrice(rootOn(segment));
  }
  return null;
};

/**
 * The direction in which h can only rise: one leg, tiers without jumps and rates below what the balance gains. null where h may turn.
 * Such a curve has one root at most, on a side that the sign tells.
 */
const risesTowards = (curve: MarginCurve): 'UP' | 'DOWN' | null => {
  const [leg, other] = curve.legs;
  if (leg === undefined || other !== undefined || !leg.tierTable.continuous) return null;
  if (leg.side === 'SHORT') return 'DOWN';
  const steepest = curve.requirementFactor.times(leg.tierTable.maximumRate.plus(leg.takerFeeRate));
  return steepest.lte(curve.marginBalanceFactor) ? 'UP' : null;
};

/**
 * The nearest sign changes of h on both sides of the mark. `sign` is +1 when h ≥ 0 at the mark and −1 when h < 0 there.
 * A root is exact up to its one division (64 digits). Total; at most one pass over the segments per side.
 */
export const nearestRoots = (curve: MarginCurve, mark: Decimal, sign: Decimal): NearestRoots => {
  const rises = risesTowards(curve);
  const rootsOnlyBelow = rises === (sign.gt(0) ? 'UP' : 'DOWN');
  const rootsOnlyAbove = rises === (sign.gt(0) ? 'DOWN' : 'UP');
  return {
    below: rootsOnlyAbove ? null : rootBelow(curve, mark, sign),
    above: rootsOnlyBelow ? null : rootAbove(curve, mark, sign),
  };
};
