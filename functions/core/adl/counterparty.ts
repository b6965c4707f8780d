import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { type Ratio, ratio } from '../units/money.ts';

/**
 * Why a position is not asked: for what it is (tag, insolvent, in liquidation, no profit, no defined or no positive score, hedged whole, out of the walk's
 * reach), or for the residual in question (same account or owner, its own bankruptcy price crossed, insolvent once it has given).
 */
export type IneligibleReason =
  | 'SAME_ACCOUNT'
  | 'EXCLUDED_TAG'
  | 'IN_LIQUIDATION'
  | 'INSOLVENT'
  | 'NO_PROFIT'
  | 'NO_SCORE'
  | 'NO_POSITIVE_SCORE'
  | 'HEDGED'
  | 'OUT_OF_REACH'
  | 'SAME_OWNER'
  | 'BANKRUPTCY_CROSSED'
  | 'INSOLVENT_AFTER';

/** A position on the opposite side of a residual, with the pool that carries it. */
export interface Counterparty {
  readonly assessment: MarginAssessment;
  readonly assessed: PositionAssessment;
  readonly inLiquidation: boolean;
}

/** UPnL / entry value; 64 digits. Zero for an entry value of zero, which only dust below a quantum has. */
export const pnlRatioOf = (counterparty: Counterparty): Ratio => {
  const { unrealizedPnl, position } = counterparty.assessed;
  return ratio(position.entryValue.isZero() ? unrealizedPnl.times(0) : unrealizedPnl.div(position.entryValue));
};

/** Position notional / pool margin balance; 64 digits. null for a pool without a positive margin balance. */
export const effectiveLeverageOf = (counterparty: Counterparty): Ratio | null => {
  const { marginBalance } = counterparty.assessment;
  return marginBalance.gt(0) ? ratio(counterparty.assessed.notionalValue.div(marginBalance)) : null;
};
