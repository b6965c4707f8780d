import type { DeleveragingPlan, Transfer } from '#core/adl/decide-deleveraging.ts';
import type { RankedCounterparty } from '#core/adl/rank-counterparties.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { derived, derivedOrNull, exact } from './exact-figures.ts';

const rankedDocument = (ranked: RankedCounterparty) => ({
  accountId: ranked.accountId,
  poolId: ranked.poolId,
  score: derivedOrNull(ranked.score),
  pnlRatio: derived(ranked.pnlRatio),
  effectiveLeverage: derivedOrNull(ranked.effectiveLeverage),
  quantity: exact(ranked.quantity),
  indicator: ranked.indicator,
  eligible: ranked.eligible,
  reason: ranked.reason,
});

/** One transfer as `adl deleverage --json` prints it. */
export const transferDocument = (transfer: Transfer) => ({
  accountId: transfer.accountId,
  poolId: transfer.poolId,
  quantity: exact(transfer.quantity),
  price: derived(transfer.price),
  realizedPnl: exact(transfer.realizedPnl),
  haircut: exact(transfer.haircut),
});

const planDocument = (plan: DeleveragingPlan, { deleveraging }: RuleSet) => ({
  marketId: plan.residual.terms.marketId,
  side: plan.residual.side,
  quantity: exact(plan.residual.quantity),
  settlementPrice: derived(plan.residual.price),
  ranking: plan.ranking.map(rankedDocument),
  transfers: plan.transfers.map(transferDocument),
  residualQuantity: exact(plan.residualQuantity),
  budget: exact(plan.budget),
  taken: exact(plan.taken),
  overshoot: exact(plan.overshoot),
  policy: {
    ranking: deleveraging.ranking.formula,
    allocation: deleveraging.allocation,
    settlementPrice: deleveraging.settlementPrice,
  },
});

/** The result of `adl deleverage --json` for one book. */
export const deleverageDocument = (ruleSet: RuleSet, plans: readonly DeleveragingPlan[]) => ({
  ruleSet: ruleSet.reference,
  plans: plans.map((plan) => planDocument(plan, ruleSet)),
});

export type DeleverageDocument = ReturnType<typeof deleverageDocument>;
