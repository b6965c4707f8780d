import { present } from '../invariant.ts';
import { byCodeUnits } from '../ordering.ts';
import type { DeleveragingPolicy } from '../policy.ts';
import { ZERO } from '../units/decimal.ts';
import { type Quantity, type Ratio, ratio } from '../units/money.ts';
import { type Counterparty, effectiveLeverageOf, type IneligibleReason, pnlRatioOf } from './counterparty.ts';
import { reasonAgainst } from './eligibility.ts';
import { byKeys } from './ranking/compare-keys.ts';
import { scoreOf } from './ranking/factor-score.ts';
import type { ScoredRanking } from './ranking/ranking-policy.ts';
import { netQuantityOf } from './ranking/risk-factor.ts';
import { fromSeededStart } from './ranking/seeded-start.ts';
import { withIndicators } from './show-indicators.ts';

export interface RankedCounterparty {
  readonly counterparty: Counterparty;
  readonly accountId: string;
  readonly poolId: string;
  /** What may be asked for: the position, or what its hedge leaves of it where hedged quantities are spared. */
  readonly quantity: Quantity;
  readonly pnlRatio: Ratio;
  /** null for an insolvent pool, as is the score. */
  readonly effectiveLeverage: Ratio | null;
  /** null also where the form scores nobody. */
  readonly score: Ratio | null;
  /** Number of the place in the order of everybody, eligible or not, from 0. */
  readonly order: number;
  readonly eligible: boolean;
  readonly reason: IneligibleReason | null;
  /** As the indicator policy shows the place: the higher, the sooner; 0 for whom it does not count. */
  readonly indicator: number;
}

/** A quantity spared is not shown as held where nothing of the position may be asked for: the place says HEDGED and what it holds. */
const offeredBy = (counterparty: Counterparty, { exclude }: DeleveragingPolicy): Quantity => {
  const { quantity } = counterparty.assessed.position;
  const net = netQuantityOf(counterparty);
  return exclude.hedged && net.gt(0) ? net : quantity;
};

const scoredBy = (counterparty: Counterparty, { ranking }: DeleveragingPolicy): Ratio | null => {
  switch (ranking.formula) {
    case 'PROFIT_TIMES_LEVERAGE':
    case 'FACTORS':
      return scoreOf(counterparty, ranking);
    case 'LEXICOGRAPHIC':
    case 'SEEDED_START':
      return null;
  }
};

const judge = (counterparty: Counterparty, policy: DeleveragingPolicy): RankedCounterparty => {
  const score = scoredBy(counterparty, policy);
  const reason = reasonAgainst(counterparty, score, policy);
  return {
    counterparty,
    accountId: counterparty.assessment.pool.accountId,
    poolId: counterparty.assessment.pool.poolId,
    quantity: offeredBy(counterparty, policy),
    pnlRatio: pnlRatioOf(counterparty),
    effectiveLeverage: effectiveLeverageOf(counterparty),
    score,
    order: 0,
    eligible: reason === null,
    reason,
    indicator: 0,
  };
};

const byScore =
  ({ tieBreak }: ScoredRanking) =>
  (a: RankedCounterparty, b: RankedCounterparty): number => {
    const order = (b.score ?? ratio(ZERO)).comparedTo(a.score ?? ratio(ZERO));
    const byAccount = tieBreak.includes('accountId') ? byCodeUnits(a.accountId, b.accountId) : 0;
    return order || byAccount || byCodeUnits(a.poolId, b.poolId);
  };

/** Everybody in the order of the form, whether eligible or not. */
const inOrder = (
  judged: readonly RankedCounterparty[],
  { ranking }: DeleveragingPolicy,
  seed: string | null,
): readonly RankedCounterparty[] => {
  switch (ranking.formula) {
    case 'PROFIT_TIMES_LEVERAGE':
    case 'FACTORS':
      return judged.toSorted(byScore(ranking));
    case 'LEXICOGRAPHIC': {
      const compare = byKeys(ranking.keys);
      return judged.toSorted((a, b) => compare(a.counterparty, b.counterparty));
    }
    case 'SEEDED_START': {
      const ring = judged.toSorted((a, b) => byCodeUnits(a.poolId, b.poolId));
      return fromSeededStart(ring, present(seed, 'a ranking from a seeded start has a seed'));
    }
  }
};

/** A walk that ends after so many pools does not reach those behind, whoever they are. */
const withinWalk = (each: RankedCounterparty, { ranking }: DeleveragingPolicy): RankedCounterparty => {
  const walkMaximum = ranking.formula === 'SEEDED_START' ? ranking.walkMaximum : null;
  const isReached = walkMaximum === null || each.order < walkMaximum;
  return isReached || !each.eligible ? each : { ...each, eligible: false, reason: 'OUT_OF_REACH' };
};

const byOrder = (a: RankedCounterparty, b: RankedCounterparty): number => a.order - b.order;

const eligibleFirst = (judged: readonly RankedCounterparty[], policy: DeleveragingPolicy): readonly RankedCounterparty[] => {
  const eligible = judged.filter((each) => each.eligible).sort(byOrder);
  const ineligible = judged.filter((each) => !each.eligible).sort(byOrder);
  return withIndicators([...eligible, ...ineligible], policy.indicator);
};

/**
 * Ranks the positions on one side of a market: eligible ones best first, then the ineligible ones with their reasons.
 *
 * Order: by score, descending, then the tie-break keys; or key by key; or round from a seeded start. `poolId` by code units always decides last: total,
 * whatever the input order. Who is eligible says `reasonAgainst`, and of a particular residual `rankingFor`.
 * `seed` names the occasion, such as the wave, the market and the side; a seeded start needs one, the other forms do not read it. Throws
 * `InvariantViolation` where it is missing.
 */
export const rankCounterparties = (
  counterparties: readonly Counterparty[],
  policy: DeleveragingPolicy,
  seed: string | null = null,
): readonly RankedCounterparty[] => {
  const judged = counterparties.map((each) => judge(each, policy));
  const ordered = inOrder(judged, policy, seed).map((each, order) => withinWalk({ ...each, order }, policy));
  return eligibleFirst(ordered, policy);
};

/** The ranking with some places barred for a reason. The order of the others stays, indicators are counted again; the same ranking where nobody is barred. */
export const withBarred = (
  ranking: readonly RankedCounterparty[],
  policy: DeleveragingPolicy,
  reasonFor: (each: RankedCounterparty) => IneligibleReason | null,
): readonly RankedCounterparty[] => {
  let isAnyBarred = false;
  const judged = ranking.map((each): RankedCounterparty => {
    const reason = reasonFor(each);
    if (reason === null) return each;
    isAnyBarred = true;
    return { ...each, eligible: false, reason };
  });
  return isAnyBarred ? eligibleFirst(judged, policy) : ranking;
};
