import { present } from '../invariant.ts';
import { type MarginTier, type TierTable, tierOf } from '../market/margin-tiers.ts';
import { type Side, sideSign } from '../market/side.ts';
import { type Decimal, larger, ZERO } from '../units/decimal.ts';
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

const tierAt = (leg: CurveLeg, index: number): MarginTier => present(leg.tierTable.tiers[index], 'a leg is in a tier of its table');

const segmentBetween = (curve: MarginCurve, indexes: readonly number[], from: Decimal, to: Decimal | null): CurveSegment => {
  let intercept = curve.constant;
  let slope: Decimal = ZERO;
  for (const [place, leg] of curve.legs.entries()) {
    const tier = tierAt(leg, indexes[place] ?? 0);
    intercept = intercept.plus(curve.requirementFactor.times(tier.maintenanceAmount));
    const requirementRate = tier.maintenanceMarginRate.plus(leg.takerFeeRate);
    const perBase = curve.marginBalanceFactor.times(sideSign(leg.side)).minus(curve.requirementFactor.times(requirementRate));
    slope = slope.plus(leg.baseQuantity.times(perBase));
  }
  return { from, to, intercept, slope };
};

const indexesAt = (curve: MarginCurve, at: Decimal): readonly number[] =>
  curve.legs.map((leg) => tierOf(leg.tierTable, money(leg.baseQuantity.times(at))).index);

/** Price down to which the leg keeps its tier; 0 in the lowest. */
const lowerEnd = (leg: CurveLeg, index: number): Decimal => {
  const cap = index === 0 ? null : tierAt(leg, index - 1).notionalCap;
  return cap === null ? ZERO : cap.div(leg.baseQuantity);
};

/** Price up to which the leg keeps its tier; null in the last, which goes on beyond its cap. */
const upperEnd = (leg: CurveLeg, index: number): Decimal | null => {
  const { notionalCap } = tierAt(leg, index);
  const isLast = index === leg.tierTable.tiers.length - 1;
  return isLast || notionalCap === null ? null : notionalCap.div(leg.baseQuantity);
};

/** The segments from the one that holds `mark` down to price 0, highest first; the first ends at the mark. At most the tiers of both legs together. */
export function* segmentsDown(curve: MarginCurve, mark: Decimal): Generator<CurveSegment> {
  let indexes = indexesAt(curve, mark);
  let to = mark;
  while (to.gt(0)) {
    const ends = curve.legs.map((leg, place) => lowerEnd(leg, indexes[place] ?? 0));
    const from = ends.reduce(larger, ZERO);
    yield segmentBetween(curve, indexes, from, to);
    indexes = indexes.map((index, place) => (index > 0 && ends[place]?.eq(from) ? index - 1 : index));
    to = from;
  }
}

/** The segments from `mark` upwards, lowest first; the first begins at the mark, the last has no end. */
export function* segmentsUp(curve: MarginCurve, mark: Decimal): Generator<CurveSegment> {
  let indexes = indexesAt(curve, mark);
  let from = mark;
  for (;;) {
    const ends = curve.legs.map((leg, place) => upperEnd(leg, indexes[place] ?? 0));
    const to = ends.reduce<Decimal | null>((nearest, end) => (nearest === null || end?.lt(nearest) ? (end ?? nearest) : nearest), null);
    if (to === null || to.gt(from)) yield segmentBetween(curve, indexes, from, to);
    if (to === null) return;
    indexes = indexes.map((index, place) => (ends[place]?.eq(to) ? index + 1 : index));
    from = to;
  }
}
