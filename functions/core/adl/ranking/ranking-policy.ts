import type { Money, Ratio } from '../../units/money.ts';

/** How positions without profit are scored under PROFIT_TIMES_LEVERAGE. */
export type LosersTreatment = 'DIVIDE' | 'FLOOR_AT_ZERO' | 'EXCLUDE';

/** MULTIPLY scores them by the same product as winners. */
export type FactorLosers = LosersTreatment | 'MULTIPLY';

/** Whether positions without profit are counterparties, for forms that score nobody. */
export type LosersAdmission = 'INCLUDE' | 'EXCLUDE';

/** What a position has gained, in one of the ways that the field measures it. */
export type ProfitFactor =
  | 'pnlRatio'
  | 'pnlOverNotional'
  | 'pnlOverWallet'
  | 'pnlOverBalance'
  | 'markOverEntry'
  | 'markOverEntryBothSides'
  | 'onePlusPnlRatio';

/** What a position risks, in one of the ways that the field measures it; never negative for a solvent pool. */
export type RiskFactor =
  | 'effectiveLeverage'
  | 'positionLeverage'
  | 'cappedLeverage'
  | 'marginRatio'
  | 'positionMarginRatio'
  | 'maintenanceMarginRate'
  | 'netExposureShare';

/** The profit of a score: factor^weight. */
export interface ProfitTerm {
  readonly factor: ProfitFactor;
  /** Integer exponent −4…4. */
  readonly weight: number;
  /** Least value of the factor; null for none. */
  readonly floor: Ratio | null;
  /** Least wallet balance that `pnlOverWallet` divides by; null for none. The other factors do not read it. */
  readonly walletFloor: Money | null;
}

/** A further factor of a score: factor^weight. */
export interface RiskTerm {
  readonly factor: RiskFactor;
  /** Integer exponent −4…4. */
  readonly weight: number;
  /** Least value of the factor; null for none. */
  readonly floor: Ratio | null;
}

/** What a lexicographic ranking may compare. */
export type RankingKey =
  | RiskFactor
  | 'pnlRatio'
  | 'pnlOverBalance'
  | 'unrealizedPnl'
  | 'walletBalance'
  | 'marginBalance'
  | 'notionalValue'
  | 'quantity'
  | 'accountId';

export interface KeyTerm {
  readonly key: RankingKey;
  readonly order: 'ASCENDING' | 'DESCENDING';
}

/** Keys that decide between equal scores, in order; `poolId` always decides last. */
export type TieBreak = readonly 'accountId'[];

/** pnlRatio^a · effectiveLeverage^b. */
export interface ProfitTimesLeverage {
  readonly formula: 'PROFIT_TIMES_LEVERAGE';
  /** Integer exponents −4…4 on the two factors. */
  readonly weights: { readonly pnlRatio: number; readonly effectiveLeverage: number };
  readonly losers: LosersTreatment;
  readonly tieBreak: TieBreak;
}

/** profit^a · Π factor^b. */
export interface FactorRanking {
  readonly formula: 'FACTORS';
  readonly profit: ProfitTerm;
  readonly factors: readonly RiskTerm[];
  readonly losers: FactorLosers;
  readonly tieBreak: TieBreak;
}

/** One key after another; nobody has a score. */
export interface LexicographicRanking {
  readonly formula: 'LEXICOGRAPHIC';
  readonly keys: readonly KeyTerm[];
  readonly losers: LosersAdmission;
}

/** A walk round the pools from a start that a seed decides; nobody has a score. */
export interface SeededRanking {
  readonly formula: 'SEEDED_START';
  /** Most pools that the walk looks at, eligible or not; null for all. */
  readonly walkMaximum: number | null;
  readonly losers: LosersAdmission;
}

export type ScoredRanking = ProfitTimesLeverage | FactorRanking;

/** Who is next in line. The core computes each form, the rule set chooses one. */
export type RankingPolicy = ScoredRanking | LexicographicRanking | SeededRanking;

/** Who is never asked. Every member switches one ground on. */
export interface ExcludePolicy {
  readonly tags: readonly string[];
  /** Tags that begin so name an owner; accounts that share one do not take each other's residuals. null: owners are not looked at. */
  readonly ownerTagPrefix: string | null;
  /** Positions whose own bankruptcy price the settlement price lies beyond. */
  readonly bankruptcyPriceCrossed: boolean;
  /** Pools that closing the position at the settlement price would leave below zero. */
  readonly insolventAfter: boolean;
  /** Positions that score zero or less. */
  readonly withoutPositiveScore: boolean;
  /** What the pool's own opposite leg in the market hedges: only the quantity beyond it is asked for. */
  readonly hedged: boolean;
}

/** Which places a count is over: those that may be asked, or also those that are barred for their score alone and ranked for the grade. */
export type CountedPlaces = 'ELIGIBLE' | 'SCORED';

/** How traders are shown their place. */
export type IndicatorPolicy =
  | { readonly kind: 'CUMULATIVE_QUANTITY'; readonly steps: number }
  | { readonly kind: 'RANK_QUANTILE'; readonly steps: number }
  | { readonly kind: 'COUNT_THRESHOLDS'; readonly thresholds: readonly Ratio[]; readonly among: CountedPlaces };
