import { type Fraction, fraction, ONE } from './fraction.ts';

const LAST_PLACE = fraction('0.000000000001');

/** The fraction of the initial margin rate 1/L, up to the 12th place. */
export const linkedRateOf = (part: Fraction, leverage: Fraction): Fraction => part.over(leverage).ceilTo(LAST_PLACE);

/**
 * Initial margin rate by open interest, read as a picture: level at `base` up to the lower cap, a straight line up to 1 at the upper cap, level from there.
 * Source: the liquidity tiers of dYdX v4.
 */
const rateByInterest = (base: Fraction, lower: Fraction, upper: Fraction, interest: Fraction): Fraction => {
  if (!interest.isAbove(lower)) return base;
  if (!interest.isBelow(upper)) return ONE;
  const way = interest.minus(lower).over(upper.minus(lower));
  return base.times(ONE.minus(way)).plus(way);
};

/** Initial margin of a value: by leverage alone where nothing scales it; null where the scale's interest is not known. */
export const initialMarginOf = (
  value: Fraction,
  leverage: Fraction,
  scale: { readonly lower: Fraction; readonly upper: Fraction } | null,
  interest: Fraction | null,
): Fraction | null => {
  const base = ONE.over(leverage);
  if (scale === null) return value.times(base);
  if (interest === null) return null;
  return value.times(base.isAbove(ONE) ? base : rateByInterest(base, scale.lower, scale.upper, interest));
};
