import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { type Decimal, larger, smaller, ZERO } from '../units/decimal.ts';
import { type Ratio, ratio } from '../units/money.ts';
import { floorAtRest } from '../units/rounding.ts';
import { shortageOf } from './recovery-target.ts';
import type { ClosingCostPolicy, RecoveryPolicy } from './reduction-policy.ts';

type FeePolicy = ClosingCostPolicy & RecoveryPolicy;

/**
 * The fee rate that cannot cause a bankruptcy: min(cap, max(0, share·(MM/V − concession − shortage/V))), V notional value of the position at the mark,
 * shortage of the whole pool to its recovery target. Of one position alone it takes at most `share` of what its margin has left beyond the concession.
 * Ratio of the filled value, down to 38 digits: the fund bears the rest.
 * Source: Drift v2, fund fee = min(cap, 0.95·(mmr − liquidator fee − shortage/value)), read 2026-11-22. That the rate is never below zero and that the
 * shortage is measured to the recovery target are this engine's choices.
 */
const rateOfMarginLeft = (assessment: MarginAssessment, each: PositionAssessment, policy: FeePolicy, share: Ratio): Decimal => {
  if (each.notionalValue.isZero()) return ZERO;
  const left = each.maintenanceMargin.minus(larger(ZERO, shortageOf(assessment, policy))).div(each.notionalValue);
  const implied = left.minus(policy.concessionRate).times(share);
  return smaller(policy.liquidationFeeRate, floorAtRest(larger(ZERO, implied)));
};

/**
 * The liquidation fee of closing a position down to `rest`, at the mark, as lines of which the highest counts. Settlement asset.
 *
 * FILLED_VALUE: rate·v, v the value closed. RELEASED_MAINTENANCE: rate·(MM before − MM after), never below zero. MARGIN_LEFT: v times the rate that the
 * margin has left, at most the rate.
 * Source: Paradex (RELEASED_MAINTENANCE; its page says 70 % and reckons with 50 %), Drift v2 (MARGIN_LEFT), read 2026-11-22.
 */
export const feeLines = (
  assessment: MarginAssessment,
  each: PositionAssessment,
  rest: Pick<PositionAssessment, 'notionalValue' | 'maintenanceMargin'>,
  policy: FeePolicy,
): readonly Decimal[] => {
  const basis = policy.liquidationFeeBasis;
  const value = each.notionalValue.minus(rest.notionalValue);
  switch (basis.kind) {
    case 'FILLED_VALUE':
      return [value.times(policy.liquidationFeeRate)];
    case 'RELEASED_MAINTENANCE':
      return [ZERO, each.maintenanceMargin.minus(rest.maintenanceMargin).times(policy.liquidationFeeRate)];
    case 'MARGIN_LEFT':
      return [value.times(rateOfMarginLeft(assessment, each, policy, basis.share))];
  }
};

/**
 * The fee as a ratio of the value that closing the position down to `rest` fills, frozen with the leg: the fills may come at other prices. Down to 38
 * digits: the fund bears the rest. Zero where nothing is closed.
 */
export const liquidationFeeRateOf = (
  assessment: MarginAssessment,
  each: PositionAssessment,
  rest: Pick<PositionAssessment, 'notionalValue' | 'maintenanceMargin'>,
  policy: FeePolicy,
): Ratio => {
  const value = each.notionalValue.minus(rest.notionalValue);
  if (!value.gt(0)) return ratio(ZERO);
  if (policy.liquidationFeeBasis.kind === 'FILLED_VALUE') return policy.liquidationFeeRate;
  return ratio(floorAtRest(feeLines(assessment, each, rest, policy).reduce(larger).div(value)));
};
