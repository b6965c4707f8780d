import { type Decimal, ONE } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import { type CurveSegment, type MarginCurve, segmentsDown, segmentsUp } from './margin-curve.ts';

/** The prices nearest to the mark at which the curve's sign changes, on either side; null where it never does. */
export interface NearestRoots {
  readonly below: Price | null;
  readonly above: Price | null;
}

const valueOn = (segment: CurveSegment, at: Decimal): Decimal => segment.intercept.plus(segment.slope.times(at));

/** x = numerator / denominator, above zero; left undivided, so that the price is one division away. */
interface Root {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

const positive = (numerator: Decimal, denominator: Decimal): Root | null =>
  numerator.times(denominator.s).gt(0) ? { numerator, denominator } : null;

const rootOn = (segment: CurveSegment): Root | null => positive(segment.intercept.negated(), segment.slope);

/** `sign` +1 looks for the first x below the start with h < 0, −1 for the first with h > 0. */
const rootBelow = (curve: MarginCurve, start: Decimal, sign: Decimal): Root | null => {
  for (const segment of segmentsDown(curve, start)) {
    const top = segment.to ?? start;
    // The curve of flat tiers jumps at a boundary, which itself belongs to the lower tier.
    if (valueOn(segment, top).times(sign).lt(0)) return positive(top, ONE);
    if (valueOn(segment, segment.from).times(sign).lt(0)) return rootOn(segment);
  }
  return null;
};

const rootAbove = (curve: MarginCurve, start: Decimal, sign: Decimal): Root | null => {
  for (const segment of segmentsUp(curve, start)) {
    if (valueOn(segment, segment.from).times(sign).lt(0)) return positive(segment.from, ONE);
    const falls = segment.to === null ? segment.slope.times(sign).lt(0) : valueOn(segment, segment.to).times(sign).lt(0);
    if (falls) return rootOn(segment);
  }
  return null;
};

/**
 * The direction of x in which h can only rise: one leg, tiers without jumps and rates below what the balance gains. null where h may turn.
 * Such a curve has one root at most, on a side that the sign tells.
 */
const risesTowards = (curve: MarginCurve): 'UP' | 'DOWN' | null => {
  const [leg, other] = curve.legs;
  if (leg === undefined || other !== undefined || !leg.tierTable.continuous) return null;
  if (leg.valueSide === 'SHORT') return 'DOWN';
  const steepest = curve.requirementFactor.times(leg.tierTable.maximumRate.plus(leg.takerFeeRate));
  return steepest.lte(curve.marginBalanceFactor) ? 'UP' : null;
};

const rootsAround = (curve: MarginCurve, start: Decimal, sign: Decimal): { lower: Root | null; upper: Root | null } => {
  const rises = risesTowards(curve);
  const rootsOnlyBelow = rises === (sign.gt(0) ? 'UP' : 'DOWN');
  const rootsOnlyAbove = rises === (sign.gt(0) ? 'DOWN' : 'UP');
  return {
    lower: rootsOnlyAbove ? null : rootBelow(curve, start, sign),
    upper: rootsOnlyBelow ? null : rootAbove(curve, start, sign),
  };
};

const quotient = (over: Decimal, under: Decimal): Price => price(over.div(under));

/**
 * The nearest sign changes of h on both sides of the mark, as prices. `sign` is +1 when h ≥ 0 at the mark and −1 when h < 0 there.
 * A root is exact up to its one division (64 digits). Total; at most one pass over the segments per side.
 */
export const nearestRoots = (curve: MarginCurve, mark: Price, sign: Decimal): NearestRoots => {
  switch (curve.contract) {
    case 'LINEAR': {
      const { lower, upper } = rootsAround(curve, mark, sign);
      return { below: lower && quotient(lower.numerator, lower.denominator), above: upper && quotient(upper.numerator, upper.denominator) };
    }
    case 'INVERSE': {
      // p = 1 / x falls as x rises: what lies above in one lies below in the other.
      const { lower, upper } = rootsAround(curve, ONE.div(mark), sign);
      return { below: upper && quotient(upper.denominator, upper.numerator), above: lower && quotient(lower.denominator, lower.numerator) };
    }
  }
};
