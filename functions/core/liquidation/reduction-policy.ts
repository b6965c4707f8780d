import type { Money, Ratio } from '../units/money.ts';
import type { DurationMs } from '../units/time.ts';

/**
 * What follows a first part while a pool cools down, and after.
 *
 * CLOSE_ALL: within the cooldown every further order is for the whole position; once it is over the next one is a first part again. WAIT: within the
 * cooldown nothing is sent; a pool still in breach after it closes whole.
 * Sources: Hyperliquid, partial liquidations (the first); HyENA, of the same system (the second); read 2026-11-25.
 */
export type Meanwhile = 'CLOSE_ALL' | 'WAIT';

/** A first part of large positions, then all of them. */
export interface CooldownPolicy {
  /** Positions worth more are closed by the fraction first; smaller ones whole. Settlement asset. */
  readonly notionalAbove: Money;
  readonly length: DurationMs;
  readonly meanwhile: Meanwhile;
}

/**
 * How much of a pool one reduction closes. Every quantity is rounded up to the lot and never more than the position.
 *
 * REDUCE_TO_TIER: each position that many tiers down, at most to the lowest. REDUCE_BY_FRACTION: a fraction of each, with a cooldown first that and then
 * all. REDUCE_EQUALLY: the smallest share of a grid, the same of every position, after which margin ratio < `marginRatioBelow`. REDUCE_BY_PORTION: per
 * interval a fraction of each position, at least `minimumNotional` of it, at most `maximumNotional` of the pool. REDUCE_TO_RECOVERY: as little as brings
 * the pool to its recovery target; the whole position where the shortage or the position is below a minimum. Settlement asset.
 * Sources: BitMEX, Bybit, OKX, one tier, Bitget two; Hyperliquid, 20 % above 100,000 and 30 s; Paradex, 20 … 100 % and 0.9; dYdX v4, 10 %, 1,000 and
 * 100,000 a block; Drift v2, minimums of 50; read 2026-11-22.
 */
export type ReductionEvent =
  | { readonly type: 'REDUCE_TO_TIER'; readonly tiers: number }
  | { readonly type: 'REDUCE_BY_FRACTION'; readonly fraction: Ratio; readonly cooldown: CooldownPolicy | null }
  | { readonly type: 'REDUCE_EQUALLY'; readonly shares: readonly Ratio[]; readonly marginRatioBelow: Ratio }
  | {
      readonly type: 'REDUCE_BY_PORTION';
      readonly fraction: Ratio;
      readonly minimumNotional: Money;
      readonly maximumNotional: Money;
      readonly interval: DurationMs;
    }
  | { readonly type: 'REDUCE_TO_RECOVERY'; readonly minimumShortage: Money; readonly minimumNotional: Money };

/** Margin at which a pool in liquidation counts as recovered; see `requiredAt`. */
export type Recovery = 'MAINTENANCE' | 'BUFFER' | 'INITIAL';

/** What a buffer is a part of. */
export type BufferBasis = 'MAINTENANCE_MARGIN' | 'NOTIONAL_VALUE';

export interface RecoveryBuffer {
  readonly of: BufferBasis;
  readonly ratio: Ratio;
}

/** The margin that a reduction goes for. */
export interface RecoveryPolicy {
  readonly recovery: Recovery;
  /** Given with BUFFER, else null. */
  readonly recoveryBuffer: RecoveryBuffer | null;
}

/** What the liquidation fee of a fill is counted from; see `liquidationFeeRateOf`. */
export type LiquidationFeeBasis =
  | { readonly kind: 'FILLED_VALUE' }
  | { readonly kind: 'RELEASED_MAINTENANCE' }
  | { readonly kind: 'MARGIN_LEFT'; readonly share: Ratio };

/** What closing at the mark costs a pool beside the taker fee. */
export interface ClosingCostPolicy {
  /** Of what the basis says; never more than the surplus over the bankruptcy price. */
  readonly liquidationFeeRate: Ratio;
  readonly liquidationFeeBasis: LiquidationFeeBasis;
  /** How much worse than the mark a fill is reckoned with, as a ratio of the value: what whoever takes the position over gets for it. */
  readonly concessionRate: Ratio;
}

/** Which position is closed first. */
export type LegOrder = 'MARKET' | 'LARGEST_NOTIONAL' | 'LARGEST_LOSS' | 'LARGEST_MAINTENANCE';

export interface LegPolicy {
  readonly order: LegOrder;
  /** ONE: the first position only, then the pool is judged again at the next mark. An insolvent pool and a takeover always take ALL. */
  readonly atOnce: 'ALL' | 'ONE';
}

/** All orders of the account, those in the markets that are closed, or none. */
export type CancelScope = 'ALL' | 'MARKET' | 'NONE';

/** What sizing a liquidation depends on beside the pool. */
export type SizingPolicy = RecoveryPolicy & ClosingCostPolicy & { readonly legs: LegPolicy };
