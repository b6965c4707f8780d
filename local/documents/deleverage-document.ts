import type { DeleveragingPlan, Transfer } from '#core/adl/deleveraging-plan.ts';
import type { RankedCounterparty } from '#core/adl/rank-counterparties.ts';
import { rankedValuesOf } from '#core/adl/ranking/factor-values.ts';
import type { RankingPolicy } from '#core/adl/ranking/ranking-policy.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { derived, derivedOrNull, exact } from './exact-figures.ts';

/** What a chosen form ranked by, before floors and weights; the usual form has its two factors as members of their own. */
const factorsDocument = ({ counterparty }: RankedCounterparty, ranking: RankingPolicy) =>
  ranking.formula === 'PROFIT_TIMES_LEVERAGE'
    ? {}
    : { factors: Object.fromEntries(rankedValuesOf(counterparty, ranking).map(({ name, value }) => [name, derivedOrNull(value)])) };

/** One place of a queue as `adl deleverage --json` prints it. */
export const rankedDocument = (ranked: RankedCounterparty, ranking: RankingPolicy) => ({
  accountId: ranked.accountId,
  poolId: ranked.poolId,
  score: derivedOrNull(ranked.score),
  pnlRatio: derived(ranked.pnlRatio),
  effectiveLeverage: derivedOrNull(ranked.effectiveLeverage),
  quantity: exact(ranked.quantity),
  indicator: ranked.indicator,
  eligible: ranked.eligible,
  reason: ranked.reason,
  ...factorsDocument(ranked, ranking),
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

/** Why a plan stops where it does and what the fund pays; left out where the law can have neither limit: all of a residual, at the bankruptcy price. */
const limitsDocument = (plan: DeleveragingPlan, { severity }: RuleSet['deleveraging']) =>
  severity.kind === 'FULL' && plan.settlementPriceKind === 'BANKRUPTCY' ? {} : { outcome: plan.outcome, fundCost: exact(plan.fundCost) };

const planDocument = (plan: DeleveragingPlan, { deleveraging }: RuleSet) => ({
  marketId: plan.residual.terms.marketId,
  side: plan.residual.side,
  quantity: exact(plan.residual.quantity),
  settlementPrice: derived(plan.settlementPrice),
  ranking: plan.ranking.map((ranked) => rankedDocument(ranked, deleveraging.ranking)),
  transfers: plan.transfers.map(transferDocument),
  residualQuantity: exact(plan.residualQuantity),
  budget: exact(plan.budget),
  taken: exact(plan.taken),
  overshoot: exact(plan.overshoot),
  ...limitsDocument(plan, deleveraging),
  policy: {
    ranking: deleveraging.ranking.formula,
    allocation: deleveraging.allocation,
    settlementPrice: plan.settlementPriceKind,
  },
});

/** The result of `adl deleverage --json` for one book. */
export const deleverageDocument = (ruleSet: RuleSet, plans: readonly DeleveragingPlan[]) => ({
  ruleSet: ruleSet.reference,
  plans: plans.map((plan) => planDocument(plan, ruleSet)),
});

export type DeleverageDocument = ReturnType<typeof deleverageDocument>;
