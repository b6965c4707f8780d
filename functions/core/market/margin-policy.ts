import type { Money } from '../units/money.ts';

/** Which tier a value exactly on a boundary belongs to. Continuous tables need the same margin either way; flat ones jump at it or right above it. */
export type TierBoundary = 'LOWER_TIER' | 'HIGHER_TIER';

/** What a position's tier is told by: its value in the settlement asset, or its contracts, whatever the price. */
export type TierMeasure = 'NOTIONAL' | 'CONTRACTS';

/** The price at which tier and maintenance margin are taken: the mark, or the entry, so that they stand still while the mark moves. */
export type ValuationBasis = 'MARK' | 'ENTRY';

/** Where the taker fee of closing at the mark, notional·f, is required: beside the maintenance margin, as part of it, or not before it is paid. */
export type ClosingFeePlace = 'BESIDE_MAINTENANCE' | 'IN_MAINTENANCE' | 'NONE';

/** Open interest from which the initial margin of a market grows, and at which nothing but full payment opens a position. Settlement asset. */
export interface OpenInterestScale {
  readonly lower: Money;
  /** Above `lower`. */
  readonly upper: Money;
}

/**
 * How a venue reads its tier tables.
 *
 * Source: measure by contracts, OKX position tiers; valuation at the entry, Bybit's older inverse contracts; the fee beside or inside the maintenance
 * margin, Bybit and Paradex, none in it, Binance; open interest, dYdX v4 liquidity tiers; all read 2026-11-22. None says what holds on a boundary.
 */
export interface MarginPolicy {
  readonly boundary: TierBoundary;
  readonly measuredIn: TierMeasure;
  readonly valuedAt: ValuationBasis;
  readonly closingFee: ClosingFeePlace;
  /** null: initial margin does not depend on open interest. */
  readonly openInterestScale: OpenInterestScale | null;
}

/** What holds where nothing else is chosen. */
export const USUAL_MARGIN_POLICY: MarginPolicy = {
  boundary: 'LOWER_TIER',
  measuredIn: 'NOTIONAL',
  valuedAt: 'MARK',
  closingFee: 'BESIDE_MAINTENANCE',
  openInterestScale: null,
};
