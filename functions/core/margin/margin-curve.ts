import { present } from '../invariant.ts';
import type { ContractKind } from '../market/contract.ts';
import type { MarginTier, TierTable } from '../market/margin-tiers.ts';
import { type Side, sideSign } from '../market/side.ts';
import { type Decimal, larger, ZERO } from '../units/decimal.ts';

/** One leg of the moving market. */
export interface CurveLeg {
  /** The side on which its value counts: its own (LINEAR), the other one (INVERSE). */
  readonly valueSide: Side;
  /** Q: quantity·multiplier, base units (LINEAR) or quote units (INVERSE). Times x it is the leg's value. */
  readonly units: Decimal;
  /** Tier that the leg is in at the mark. */
  readonly tierIndex: number;
  readonly tierTable: TierTable;
  /** f; zero where the fee is not required. */
  readonly takerFeeRate: Decimal;
}

/**
 * h(x) = constant + Σ_legs [ α·v·Q·x − β·(MM(Q·x) + f·Q·x) ]: a health measure of a pool as one market's mark p moves and all others stay.
 * x is what the value of the legs is proportional to: x = p (LINEAR), x = 1 / p (INVERSE), which falls as p rises.
 * α weighs margin balance, β the requirement; α = β = 1 is margin excess. Piecewise linear in x, concave for continuous tiers.
 */
export interface MarginCurve {
  readonly contract: ContractKind;
  readonly constant: Decimal;
  readonly marginBalanceFactor: Decimal;
  readonly requirementFactor: Decimal;
  /** One leg, or both sides of the market. */
  readonly legs: readonly CurveLeg[];
}

/** A stretch of the curve on which every leg keeps its tier: h(x) = intercept + slope·x for from < x ≤ to (to null: without end). */
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
    const perValue = curve.marginBalanceFactor.times(sideSign(leg.valueSide)).minus(curve.requirementFactor.times(requirementRate));
    slope = slope.plus(leg.units.times(perValue));
  }
  return { from, to, intercept, slope };
};

const indexesAtMark = (curve: MarginCurve): readonly number[] => curve.legs.map((leg) => leg.tierIndex);

/** x down to which the leg keeps its tier; 0 in the lowest. */
const lowerEnd = (leg: CurveLeg, index: number): Decimal => {
  const cap = index === 0 ? null : tierAt(leg, index - 1).notionalCap;
  return cap === null ? ZERO : cap.div(leg.units);
};

/** x up to which the leg keeps its tier; null in the last, which goes on beyond its cap. */
const upperEnd = (leg: CurveLeg, index: number): Decimal | null => {
  const { notionalCap } = tierAt(leg, index);
  const isLast = index === leg.tierTable.tiers.length - 1;
  return isLast || notionalCap === null ? null : notionalCap.div(leg.units);
};

/** The segments from the one that holds `start`, the x of the mark, down to x = 0, highest first; the first ends at `start`. At most the tiers of both legs together. */
export function* segmentsDown(curve: MarginCurve, start: Decimal): Generator<CurveSegment> {
  let indexes = indexesAtMark(curve);
  let to = start;
  while (to.gt(0)) {
    const ends = curve.legs.map((leg, place) => lowerEnd(leg, indexes[place] ?? 0));
    const from = ends.reduce(larger, ZERO);
    yield segmentBetween(curve, indexes, from, to);
    indexes = indexes.map((index, place) => (index > 0 && ends[place]?.eq(from) ? index - 1 : index));
    to = from;
  }
}

/** The segments from `start` upwards, lowest first; the first begins at `start`, the last has no end. */
export function* segmentsUp(curve: MarginCurve, start: Decimal): Generator<CurveSegment> {
  let indexes = indexesAtMark(curve);
  let from = start;
  for (;;) {
    const ends = curve.legs.map((leg, place) => upperEnd(leg, indexes[place] ?? 0));
    const to = ends.reduce<Decimal | null>((nearest, end) => (nearest === null || end?.lt(nearest) ? (end ?? nearest) : nearest), null);
    if (to === null || to.gt(from)) yield segmentBetween(curve, indexes, from, to);
    if (to === null) return;
    indexes = indexes.map((index, place) => (ends[place]?.eq(to) ? index + 1 : index));
    from = to;
  }
}
