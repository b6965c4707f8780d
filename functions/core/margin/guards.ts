import type { Guard } from '../account/pool.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import { PRICE_CEILING, PRICE_FLOOR } from '../market/price-range.ts';
import { type Decimal, ONE, sum, ZERO } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import { ceilAtRest, floorAtRest, NOISE_MAX } from '../units/rounding.ts';
import { isExact, type MarginAssessment, type PositionAssessment, signedNotional } from './assess-margin.ts';
import { curveLeg } from './liquidation-price.ts';
import type { MarginCurve } from './margin-curve.ts';
import { nearestRoots } from './nearest-roots.ts';

/**
 * A condition under which the rules stay silent: marginBalanceFactor·marginBalance − requirementFactor·(maintenanceMargin + closing fees) − offset > 0.
 */
export interface GuardCondition {
  readonly marginBalanceFactor: Decimal;
  readonly requirementFactor: Decimal;
  readonly offset: Decimal;
}

type Interval = { readonly below: Price | null; readonly above: Price | null };

/** What the rounding of the three amounts may hide in the condition's measure, where they are judged; nothing where they are exact. */
const noiseIn = (assessment: MarginAssessment, { marginBalanceFactor, requirementFactor }: GuardCondition): Decimal =>
  isExact(assessment) ? ZERO : NOISE_MAX.times(marginBalanceFactor.abs().plus(requirementFactor.abs().times(2)));

/** What is left before the condition fails, never more than there is; at or below zero it already has. */
const slackOf = (assessment: MarginAssessment, condition: GuardCondition): Decimal =>
  condition.marginBalanceFactor
    .times(assessment.marginBalance)
    .minus(condition.requirementFactor.times(assessment.maintenanceMargin.plus(assessment.closingFee)))
    .minus(condition.offset)
    .minus(noiseIn(assessment, condition));

/** Part of the condition's measure that moves with this leg's mark, at the mark now. */
const movingPart = (each: PositionAssessment, condition: GuardCondition): Decimal => {
  const requirement = each.maintenanceMargin.plus(each.closingFee);
  return condition.marginBalanceFactor.times(signedNotional(each)).minus(condition.requirementFactor.times(requirement));
};

/** The marks between which the market's legs use up no more than `slack`. Rounded towards the mark: early, never late. */
const intervalFor = (
  legs: readonly PositionAssessment[],
  condition: GuardCondition,
  slack: Decimal,
  { terms, markPrice }: MarkedMarket,
): Interval => {
  const curve: MarginCurve = {
    contract: terms.contract,
    constant: slack.minus(sum(legs.map((each) => movingPart(each, condition)))),
    marginBalanceFactor: condition.marginBalanceFactor,
    requirementFactor: condition.requirementFactor,
    legs: legs.map(curveLeg),
  };
  const { below, above } = nearestRoots(curve, markPrice, ONE);
  const interval = {
    below: below === null ? null : price(ceilAtRest(below)),
    above: above === null ? null : price(floorAtRest(above)),
  };
  return terms.contract === 'LINEAR' ? interval : withinReach(interval);
};

/** Without bounds that no mark reaches: the value of an INVERSE leg runs out so slowly that its root may have more digits than a number at rest. */
const withinReach = ({ below, above }: Interval): Interval => ({
  below: below?.lt(PRICE_FLOOR) ? null : below,
  above: above?.gte(PRICE_CEILING) ? null : above,
});

const narrower = (a: Interval, b: Interval): Interval => ({
  below: a.below === null || b.below?.gt(a.below) ? b.below : a.below,
  above: a.above === null || b.above?.lt(a.above) ? b.above : a.above,
});

const guardFor = (assessment: MarginAssessment, marketId: string, conditions: readonly GuardCondition[]): Guard => {
  const legs = assessment.positions.filter((each) => each.position.marketId === marketId);
  const isOnlyMarket = legs.length === assessment.positions.length;
  const notional = sum(legs.map((each) => each.notionalValue));
  const wholeNotional = sum(assessment.positions.map((each) => each.notionalValue));
  let interval: Interval = { below: null, above: null };
  for (const condition of conditions) {
    const slack = slackOf(assessment, condition);
    const market = legs[0]?.market;
    if (market === undefined || slack.lte(0)) return { kind: 'DUE', marketId };
    // A pool in one market gives it all the slack, which makes its guard exact; others share it by notional, rounded down.
    const share = isOnlyMarket ? slack : floorAtRest(slack.times(notional).div(wholeNotional));
    interval = narrower(interval, intervalFor(legs, condition, share, market));
  }
  return { kind: 'INTERVAL', marketId, ...interval };
};

/**
 * Issues one guard per market of the pool such that, while every mark stays strictly inside its guard, every condition holds.
 *
 * Σ_m g_m(p_m) is separable: each market may use up its share of the slack, Σ shares ≤ slack, so any jump inside is safe.
 * Exact for pools in one market (the guard is the nearest mark at which a condition fails, for INVERSE but for 1e-40 of its value); conservative for
 * others. Prices, 38 digits.
 * `conditions` null (no proof of silence) or already failed: DUE, the pool is looked at on the next mark.
 */
export const issueGuards = (assessment: MarginAssessment, conditions: readonly GuardCondition[] | null): readonly Guard[] => {
  const marketIds = [...new Set(assessment.positions.map((each) => each.position.marketId))];
  return marketIds.map((marketId) => (conditions === null ? { kind: 'DUE', marketId } : guardFor(assessment, marketId, conditions)));
};

/** Whether a mark calls for a look at the pool: it is not strictly inside the guard. */
export const isCrossed = (guard: Guard, mark: Price): boolean =>
  guard.kind === 'DUE' || (guard.below !== null && mark.lte(guard.below)) || (guard.above !== null && mark.gte(guard.above));
