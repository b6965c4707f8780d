import { isRankedForGrade } from './eligibility.ts';
import { countGrades, indicators, rankQuantiles } from './indicator.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';
import type { IndicatorPolicy } from './ranking/ranking-policy.ts';

type Ranking = readonly RankedCounterparty[];

/** The places that the indicator counts, best first. */
const countedIn = (ranking: Ranking, policy: IndicatorPolicy): Ranking => {
  const isGraded = policy.kind === 'COUNT_THRESHOLDS' && policy.among === 'SCORED';
  if (!isGraded) return ranking.filter((each) => each.eligible);
  return ranking.filter((each) => isRankedForGrade(each.reason)).toSorted((a, b) => a.order - b.order);
};

const shownTo = (counted: Ranking, policy: IndicatorPolicy): readonly number[] => {
  switch (policy.kind) {
    case 'CUMULATIVE_QUANTITY':
      return indicators(
        counted.map((each) => each.quantity),
        policy.steps,
      );
    case 'RANK_QUANTILE':
      return rankQuantiles(counted.length, policy.steps);
    case 'COUNT_THRESHOLDS':
      return countGrades(counted.length, policy.thresholds);
  }
};

/** The ranking with the indicator of every place that the policy counts, 0 for the others. The order stays. */
export const withIndicators = (ranking: Ranking, policy: IndicatorPolicy): Ranking => {
  const counted = countedIn(ranking, policy);
  const shown = shownTo(counted, policy);
  const byPool = new Map(counted.map((each, index) => [each.poolId, shown[index] ?? 0]));
  return ranking.map((each) => ({ ...each, indicator: byPool.get(each.poolId) ?? 0 }));
};
