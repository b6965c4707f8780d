import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { type Decimal, larger, sum } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { snappedToZero } from '../units/rounding.ts';
import { feeLines } from './liquidation-fee.ts';
import { requiredAt, requiredLines } from './recovery-target.ts';
import type { ClosingCostPolicy, RecoveryPolicy } from './reduction-policy.ts';

/** A position of a pool and what is left of it once a part is closed at the mark. */
export interface Shrunk {
  readonly each: PositionAssessment;
  readonly rest: PositionAssessment;
}

type EffectPolicy = ClosingCostPolicy & RecoveryPolicy;

/** What closing costs whatever the liquidation fee: v·(f + concession), v the value closed, f taker fee rate. */
const plainCost = ({ each, rest }: Shrunk, { concessionRate }: ClosingCostPolicy): Decimal =>
  each.notionalValue.minus(rest.notionalValue).times(each.market.terms.takerFeeRate.plus(concessionRate));

/** What closing the part takes out of the pool's margin balance: v·(f + concession) + liquidation fee. Settlement asset. */
export const closingCost = (assessment: MarginAssessment, shrunk: Shrunk, policy: EffectPolicy): Decimal =>
  plainCost(shrunk, policy).plus(feeLines(assessment, shrunk.each, shrunk.rest, policy).reduce(larger));

/**
 * What one position adds to or takes from the margin over the recovery target once a part of it is closed: −(cost + required), as the lines of which the
 * lowest counts. Each is linear in the contracts left, within a tier.
 */
export const contributionLines = (assessment: MarginAssessment, shrunk: Shrunk, policy: EffectPolicy): readonly Decimal[] => {
  const plain = plainCost(shrunk, policy);
  const fees = feeLines(assessment, shrunk.each, shrunk.rest, policy);
  return requiredLines(shrunk.rest, policy).flatMap((required) => fees.map((fee) => plain.plus(fee).plus(required).negated()));
};

/** Margin balance of the pool once the parts are closed at the mark: E − Σ cost. Closing itself changes nothing, at the mark. Settlement asset. */
export const balanceAfter = (assessment: MarginAssessment, parts: readonly Shrunk[], policy: EffectPolicy): Decimal =>
  assessment.marginBalance.minus(sum(parts.map((shrunk) => closingCost(assessment, shrunk, policy))));

/**
 * Margin over the recovery target once the parts are closed at the mark: E − Σ cost − Σ required of what is left; zero or more restores the pool.
 * `parts` names every position of the pool, also those that stay whole. Settlement asset, zero within 1e-40.
 */
export const excessAfter = (assessment: MarginAssessment, parts: readonly Shrunk[], policy: EffectPolicy): Money =>
  money(snappedToZero(balanceAfter(assessment, parts, policy).minus(sum(parts.map(({ rest }) => requiredAt(rest, policy))))));
