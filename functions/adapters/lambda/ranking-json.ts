import type { ExcludePolicy, IndicatorPolicy, KeyTerm, ProfitTerm, RankingPolicy, RiskTerm } from '#core/adl/ranking/ranking-policy.ts';
import { PROFIT_FACTORS, RANKING_KEYS, RISK_FACTORS } from '#rule-sets/ranking-factors.ts';
import { type Attribute, flag, oneOf, whole } from '../dynamodb/attribute.ts';
import { list, nullable, structure, variants } from '../dynamodb/composite-attribute.ts';
import { moneyNumber, ratioNumber } from '../dynamodb/decimal-attribute.ts';
import { id } from '../dynamodb/key-attributes.ts';

/** Reads what a rule set says of the order of counterparties. */

const weight = whole((value) => value, -4, 4);
const steps = whole((value) => value, 1, 100);
const walkMaximum = whole((value) => value, 1, 1_000_000);

const profit: Attribute<ProfitTerm> = structure<ProfitTerm>({
  factor: oneOf(...PROFIT_FACTORS),
  weight,
  floor: nullable(ratioNumber),
  walletFloor: nullable(moneyNumber),
});

const factor: Attribute<RiskTerm> = structure<RiskTerm>({ factor: oneOf(...RISK_FACTORS), weight, floor: nullable(ratioNumber) });

const key: Attribute<KeyTerm> = structure<KeyTerm>({ key: oneOf(...RANKING_KEYS), order: oneOf('ASCENDING', 'DESCENDING') });

const tieBreak = list(oneOf('accountId'));
const admission = oneOf('INCLUDE', 'EXCLUDE');

export const rankingPolicy: Attribute<RankingPolicy> = variants<RankingPolicy, 'formula'>(
  'formula',
  {
    PROFIT_TIMES_LEVERAGE: {
      weights: structure({ pnlRatio: weight, effectiveLeverage: weight }),
      losers: oneOf('DIVIDE', 'FLOOR_AT_ZERO', 'EXCLUDE'),
      tieBreak,
    },
    FACTORS: { profit, factors: list(factor), losers: oneOf('DIVIDE', 'MULTIPLY', 'FLOOR_AT_ZERO', 'EXCLUDE'), tieBreak },
    LEXICOGRAPHIC: { keys: list(key), losers: admission },
    SEEDED_START: { walkMaximum: nullable(walkMaximum), losers: admission },
  },
  oneOf,
);

export const excludePolicy: Attribute<ExcludePolicy> = structure<ExcludePolicy>({
  tags: list(id),
  ownerTagPrefix: nullable(id),
  bankruptcyPriceCrossed: flag,
  insolventAfter: flag,
  withoutPositiveScore: flag,
  hedged: flag,
});

export const indicatorPolicy: Attribute<IndicatorPolicy> = variants<IndicatorPolicy, 'kind'>(
  'kind',
  {
    CUMULATIVE_QUANTITY: { steps },
    RANK_QUANTILE: { steps },
    COUNT_THRESHOLDS: { thresholds: list(ratioNumber), among: oneOf('ELIGIBLE', 'SCORED') },
  },
  oneOf,
);
