import { byCodeUnits } from '../ordering.ts';
import type { DeleveragingPolicy } from '../policy.ts';
import { ZERO } from '../units/decimal.ts';
import { type Quantity, type Ratio, ratio } from '../units/money.ts';
import { type Counterparty, effectiveLeverageOf, type IneligibleReason, pnlRatioOf } from './counterparty.ts';
import { indicators } from './indicator.ts';
import { profitTimesLeverage } from './ranking/profit-times-leverage.ts';

export interface RankedCounterparty {
  readonly counterparty: Counterparty;
  readonly accountId: string;
  readonly poolId: string;
  readonly quantity: Quantity;
  readonly pnlRatio: Ratio;
  /** null for an insolvent pool, as is the score. */
  readonly effectiveLeverage: Ratio | null;
  readonly score: Ratio | null;
  readonly eligible: boolean;
  readonly reason: IneligibleReason | null;
  /** steps … 1 for eligible ones (steps = next in line), 0 for the others. */
  readonly indicator: number;
}

const reasonAgainst = (counterparty: Counterparty, pnlRatio: Ratio, policy: DeleveragingPolicy): IneligibleReason | null => {
  const { pool, marginBalance } = counterparty.assessment;
  if (pool.tags.some((tag) => policy.exclude.tags.includes(tag))) return 'EXCLUDED_TAG';
  if (marginBalance.lte(0)) return 'INSOLVENT';
  if (counterparty.inLiquidation) return 'IN_LIQUIDATION';
  return policy.ranking.losers === 'EXCLUDE' && pnlRatio.lte(0) ? 'NO_PROFIT' : null;
};

const judge = (counterparty: Counterparty, policy: DeleveragingPolicy): RankedCounterparty => {
  const pnlRatio = pnlRatioOf(counterparty);
  const effectiveLeverage = effectiveLeverageOf(counterparty);
  const { weights, losers } = policy.ranking;
  const reason = reasonAgainst(counterparty, pnlRatio, policy);
  return {
    counterparty,
    accountId: counterparty.assessment.pool.accountId,
    poolId: counterparty.assessment.pool.poolId,
    quantity: counterparty.assessed.position.quantity,
    pnlRatio,
    effectiveLeverage,
    score: effectiveLeverage === null ? null : profitTimesLeverage(pnlRatio, effectiveLeverage, weights, losers),
    eligible: reason === null,
    reason,
    indicator: 0,
  };
};

const byRank =
  (policy: DeleveragingPolicy) =>
  (a: RankedCounterparty, b: RankedCounterparty): number => {
    const byScore = (b.score ?? ratio(ZERO)).comparedTo(a.score ?? ratio(ZERO));
    const byAccount = policy.ranking.tieBreak.includes('accountId') ? byCodeUnits(a.accountId, b.accountId) : 0;
    return byScore || byAccount || byCodeUnits(a.poolId, b.poolId);
  };

const withIndicators = (ranking: readonly RankedCounterparty[], policy: DeleveragingPolicy): readonly RankedCounterparty[] => {
  const steps = indicators(
    ranking.filter((each) => each.eligible).map((each) => each.quantity),
    policy.indicator.steps,
  );
  return ranking.map((each, index) => ({ ...each, indicator: each.eligible ? (steps[index] ?? 0) : 0 }));
};

const eligibleFirst = (judged: readonly RankedCounterparty[], policy: DeleveragingPolicy): readonly RankedCounterparty[] => {
  const eligible = judged.filter((each) => each.eligible).sort(byRank(policy));
  const ineligible = judged.filter((each) => !each.eligible).sort(byRank(policy));
  return withIndicators([...eligible, ...ineligible], policy);
};

/**
 * Ranks the positions on one side of a market: eligible ones best first, then the ineligible ones with their reasons.
 *
 * Order: score descending, then the tie-break keys, then `poolId` by code units; total, whatever the input order.
 * Eligible: solvent, not in liquidation, no excluded tag, in profit where losers are excluded.
 */
export const rankCounterparties = (counterparties: readonly Counterparty[], policy: DeleveragingPolicy): readonly RankedCounterparty[] =>
  eligibleFirst(
    counterparties.map((each) => judge(each, policy)),
    policy,
  );

/** The ranking without the bankrupt account itself, whose own positions take nothing of its loss. The order of the others stays. */
export const withoutAccount = (
  ranking: readonly RankedCounterparty[],
  policy: DeleveragingPolicy,
  accountId: string | null,
): readonly RankedCounterparty[] => {
  if (!ranking.some((each) => each.accountId === accountId)) return ranking;
  const judged = ranking.map(
    (each): RankedCounterparty => (each.accountId === accountId ? { ...each, eligible: false, reason: 'SAME_ACCOUNT' } : each),
  );
  return eligibleFirst(judged, policy);
};
