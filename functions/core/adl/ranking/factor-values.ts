import type { Decimal } from '../../units/decimal.ts';
import type { Counterparty } from '../counterparty.ts';
import { type NumberKey, numberOf } from './compare-keys.ts';
import { termsOf } from './factor-score.ts';
import { profitFactorOf } from './profit-factor.ts';
import type { ProfitFactor, RankingPolicy, RiskFactor } from './ranking-policy.ts';
import { riskFactorOf } from './risk-factor.ts';

/** One thing that a position was ranked by, before floor and weight; null where it is undefined. */
export interface RankedValue {
  readonly name: ProfitFactor | RiskFactor | NumberKey;
  readonly value: Decimal | null;
}

/**
 * What a form ranked a position by, in the order of the policy: factors of a score, keys of a lexicographic order but for the id,
 * nothing of a seeded start.
 */
export const rankedValuesOf = (counterparty: Counterparty, ranking: RankingPolicy): readonly RankedValue[] => {
  switch (ranking.formula) {
    case 'PROFIT_TIMES_LEVERAGE':
    case 'FACTORS': {
      const { profit, factors } = termsOf(ranking);
      return [
        { name: profit.factor, value: profitFactorOf(counterparty, profit) },
        ...factors.map(({ factor }) => ({ name: factor, value: riskFactorOf(counterparty, factor) })),
      ];
    }
    case 'LEXICOGRAPHIC':
      return ranking.keys.flatMap(({ key }) => (key === 'accountId' ? [] : [{ name: key, value: numberOf(counterparty, key) }]));
    case 'SEEDED_START':
      return [];
  }
};
