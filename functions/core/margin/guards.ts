import type { Guard } from '../account/pool.ts';
import { type Decimal, ONE, sum } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import { ceilAtRest, floorAtRest } from '../units/rounding.ts';
import type { MarginAssessment, PositionAssessment } from './assess-margin.ts';
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

/** What is left before the condition fails; at or below zero it already has. */
const slackOf = (assessment: MarginAssessment, condition: GuardCondition): Decimal =>
  condition.marginBalanceFactor
    .times(assessment.marginBalance)
    .minus(condition.requirementFactor.times(assessment.maintenanceMargin.plus(assessment.closingFee)))
    .minus(condition.offset);

/** Part of the condition's measure that moves with this leg's mark, at the mark now. */
const movingPart = (each: PositionAssessment, condition: GuardCondition): Decimal => {
  const signed = each.position.side === 'LONG' ? each.notionalValue : each.notionalValue.negated();
  const requirement = each.maintenanceMargin.plus(each.notionalValue.times(each.market.terms.takerFeeRate));
  return condition.marginBalanceFactor.times(signed).minus(condition.requirementFactor.times(requirement));
};

/** The marks between which the market's legs use up no more than `slack`. Rounded towards the mark: early, never late. */
const intervalFor = (legs: readonly PositionAssessment[], condition: GuardCondition, slack: Decimal, mark: Price): Interval => {
  const curve: MarginCurve = {
    constant: slack.minus(sum(legs.map((each) => movingPart(each, condition)))),
    marginBalanceFactor: condition.marginBalanceFactor,
    requirementFactor: condition.requirementFactor,
    legs: legs.map(curveLeg),
  };
  const { below, above } = nearestRoots(curve, mark, ONE);
  return {
    below: below === null ? null : price(ceilAtRest(below)),
    above: above === null ? null : price(floorAtRest(above)),
  };
};

const narrower = (a: Interval, b: Interval): Interval => ({
  below: a.below === null || b.below?.gt(a.below) ? b.below : a.below,
  above: a.above === null || b.above?.lt(a.above) ? b.above : a.above,
});

const guardFor = (assessment: MarginAssessment, marketId: string, conditions: readonly GuardCondition[]): Guard => {
  const legs = assessment.positions.filter((each) => each.position.marketId === marketId);
  const notional = sum(legs.map((each) => each.notionalValue));
  let interval: Interval = { below: null, above: null };
  for (const condition of conditions) {
    const slack = slackOf(assessment, condition);
    const mark = legs[0]?.market.markPrice;
    if (mark === undefined || slack.lte(0)) return { kind: 'DUE', marketId };
    // A pool in one market gives it all the slack, which makes its guard exact; others share it by notional, rounded down.
    const share = notional.eq(assessment.notionalValue) ? slack : floorAtRest(slack.times(notional).div(assessment.notionalValue));
    interval = narrower(interval, intervalFor(legs, condition, share, mark));
  }
  return { kind: 'INTERVAL', marketId, ...interval };
};

/**
 * Issues one guard per market of the pool such that, while every mark stays strictly inside its guard, every condition holds.
 *
 * Σ_m g_m(p_m) is separable: each market may use up its share of the slack, Σ shares ≤ slack, so any jump inside is safe.
 * Exact for pools in one market (the guard is the nearest mark at which a condition fails); conservative for others. Prices, 38 digits.
 * `conditions` null (no proof of silence) or already failed: DUE, the pool is looked at on the next mark.
 */
export const issueGuards = (assessment: MarginAssessment, conditions: readonly GuardCondition[] | null): readonly Guard[] => {
  const marketIds = [...new Set(assessment.positions.map((each) => each.position.marketId))];
  return marketIds.map((marketId) => (conditions === null ? { kind: 'DUE', marketId } : guardFor(assessment, marketId, conditions)));
};

/** Whether a mark calls for a look at the pool: it is not strictly inside the guard. */
export const isCrossed = (guard: Guard, mark: Price): boolean =>
  guard.kind === 'DUE' || (guard.below !== null && mark.lte(guard.below)) || (guard.above !== null && mark.gte(guard.above));
