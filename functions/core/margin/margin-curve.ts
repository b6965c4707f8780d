import { type MarginTier, type TierTable, tierOf } from '../market/margin-tiers.ts';
import { type Side, sideSign } from '../market/side.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { money } from '../units/money.ts';

/** One leg of the moving market. */
export interface CurveLeg {
  readonly side: Side;
  /** Base units: quantity·multiplier. */
  readonly baseQuantity: Decimal;
  readonly tierTable: TierTable;
  readonly takerFeeRate: Decimal;
}

/**
 * h(p) = constant + Σ_legs [ α·s·Q·p − β·(MM(Q·p) + f·Q·p) ]: a health measure of a pool as one market's mark p moves and all others stay.
 * α weighs margin balance, β the requirement; α = β = 1 is margin excess. Piecewise linear in p, concave for continuous tiers.
 */
export interface MarginCurve {
  readonly constant: Decimal;
  readonly marginBalanceFactor: Decimal;
  readonly requirementFactor: Decimal;
  /** One leg, or both sides of the market. */
  readonly legs: readonly CurveLeg[];
}

/** A stretch of the curve on which every leg keeps its tier: h(p) = intercept + slope·p for from < p ≤ to (to null: without end). */
export interface CurveSegment {
  readonly from: Decimal;
  readonly to: Decimal | null;
  readonly intercept: Decimal;
  readonly slope: Decimal;
}

const capPrices = (leg: CurveLeg): readonly Decimal[] =>
  leg.tierTable.tiers.flatMap((tier) => (tier.notionalCap === null ? [] : [tier.notionalCap.div(leg.baseQuantity)]));

/** Prices at which a leg changes tier, ascending, each once. The last cap of a table is no change and does no harm. */
const breakpoints = (curve: MarginCurve): readonly Decimal[] => {
  const sorted = curve.legs.flatMap(capPrices).sort((a, b) => a.comparedTo(b));
  return sorted.filter((each, index) => index === 0 || !each.eq(sorted[index - 1] ?? ZERO));
};

const segmentTier = (leg: CurveLeg, to: Decimal | null): MarginTier | undefined =>
  to === null ? leg.tierTable.tiers.at(-1) : tierOf(leg.tierTable, money(leg.baseQuantity.times(to)));

const segmentBetween = (curve: MarginCurve, from: Decimal, to: Decimal | null, tiers: readonly MarginTier[]): CurveSegment => {
  let intercept = curve.constant;
  let slope: Decimal = ZERO;
  for (const [index, leg] of curve.legs.entries()) {
    const tier = tiers[index];
    if (tier === undefined) continue;
    intercept = intercept.plus(curve.requirementFactor.times(tier.maintenanceAmount));
    const requirementRate = tier.maintenanceMarginRate.plus(leg.takerFeeRate);
    const perBase = curve.marginBalanceFactor.times(sideSign(leg.side)).minus(curve.requirementFactor.times(requirementRate));
    slope = slope.plus(leg.baseQuantity.times(perBase));
  }
  return { from, to, intercept, slope };
};

/** All segments from price 0 upwards. At most one more than the tiers of both legs together. */
export const segmentsOf = (curve: MarginCurve): readonly CurveSegment[] => {
  const bounds = breakpoints(curve);
  return [...bounds, null].map((to, index) => {
    const from = index === 0 ? ZERO : (bounds[index - 1] ?? ZERO);
    // Division may have rounded a breakpoint; a price inside the segment names the tier without doubt.
    const inside = to === null ? null : from.plus(to).div(2);
    const tiers = curve.legs.flatMap((leg) => segmentTier(leg, inside) ?? []);
    return segmentBetween(curve, from, to, tiers);
  });
};
