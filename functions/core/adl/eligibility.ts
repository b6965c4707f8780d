import type { DeleveragingPolicy } from '../policy.ts';
import type { Ratio } from '../units/money.ts';
import { type Counterparty, type IneligibleReason, pnlRatioOf } from './counterparty.ts';
import { netQuantityOf } from './ranking/risk-factor.ts';

const isScored = (formula: DeleveragingPolicy['ranking']['formula']): boolean =>
  formula === 'PROFIT_TIMES_LEVERAGE' || formula === 'FACTORS';

const byScore = (score: Ratio | null, { ranking, exclude }: DeleveragingPolicy): IneligibleReason | null => {
  if (!isScored(ranking.formula)) return null;
  if (score === null) return 'NO_SCORE';
  return exclude.withoutPositiveScore && score.lte(0) ? 'NO_POSITIVE_SCORE' : null;
};

/**
 * Why a position may not be asked whatever the residual is; null when it may. The first that holds, in this order: excluded tag, insolvent (margin balance not
 * positive), in liquidation, no profit where losers are excluded, no defined score, no positive score where one is required, hedged whole where hedged
 * quantities are spared.
 * Source: Polymarket and Bitget (no account in liquidation), WhiteBIT and dango (positive score), read 2026-11-22. That an insolvent pool is no counterparty
 * and that a hedge is spared is ours.
 */
export const reasonAgainst = (counterparty: Counterparty, score: Ratio | null, policy: DeleveragingPolicy): IneligibleReason | null => {
  const { pool, marginBalance } = counterparty.assessment;
  if (pool.tags.some((tag) => policy.exclude.tags.includes(tag))) return 'EXCLUDED_TAG';
  if (marginBalance.lte(0)) return 'INSOLVENT';
  if (counterparty.inLiquidation) return 'IN_LIQUIDATION';
  if (policy.ranking.losers === 'EXCLUDE' && pnlRatioOf(counterparty).lte(0)) return 'NO_PROFIT';
  const scoreless = byScore(score, policy);
  if (scoreless !== null) return scoreless;
  return policy.exclude.hedged && netQuantityOf(counterparty).isZero() ? 'HEDGED' : null;
};

/** Whether a position is barred for its profit or score alone: it has a place in a ranking for the grade. */
export const isRankedForGrade = (reason: IneligibleReason | null): boolean =>
  reason === null || reason === 'NO_PROFIT' || reason === 'NO_POSITIVE_SCORE';
