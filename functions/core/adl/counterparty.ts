import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { type Ratio, ratio } from '../units/money.ts';

export type IneligibleReason = 'SAME_ACCOUNT' | 'EXCLUDED_TAG' | 'IN_LIQUIDATION' | 'INSOLVENT' | 'NO_PROFIT';

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
