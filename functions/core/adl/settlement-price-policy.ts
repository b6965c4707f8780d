import type { MarginMode } from '../account/pool.ts';
import type { Ratio } from '../units/money.ts';

/**
 * The price at which counterparties close. BANKRUPTCY: their haircut is the difference to the mark, and nobody else pays. At any other price the difference to
 * the bankruptcy price is the insurance fund's, gain or loss.
 */
export type SettlementPricePolicy =
  | 'BANKRUPTCY'
  | 'MARK'
  | 'FROZEN_MARK'
  | 'PREVIOUS_MARK'
  | 'INDEX_CAPPED_AT_BANKRUPTCY'
  | { readonly kind: 'MARK_SPREAD'; readonly spread: Ratio }
  | { readonly kind: 'LAST_DISTANCE'; readonly marginFraction: Ratio };

export type SettlementPriceKind =
  | Extract<SettlementPricePolicy, string>
  | Extract<SettlementPricePolicy, { readonly kind: string }>['kind'];

/** Those that need no measure. */
export type NamedSettlementPrice = Extract<SettlementPricePolicy, string>;

/** One price for the positions of cross pools, another for isolated ones. */
export type SettlementPriceByMode = { readonly [Mode in MarginMode]: NamedSettlementPrice };

/** What a rule set says: one price for every residual, or one by the margin mode of the bankrupt pool. */
export type ChosenSettlementPrice = SettlementPricePolicy | SettlementPriceByMode;

const isByMode = (chosen: ChosenSettlementPrice): chosen is SettlementPriceByMode => typeof chosen === 'object' && 'CROSS' in chosen;

/**
 * The price that applies to a residual of a pool in that margin mode.
 * Source: Polymarket perpetuals, isolated positions at the bankruptcy price, cross ones at the mark frozen when liquidation began; read 2026-11-22.
 */
export const settlementPriceIn = (chosen: ChosenSettlementPrice, marginMode: MarginMode): SettlementPricePolicy =>
  isByMode(chosen) ? chosen[marginMode] : chosen;

export const settlementPriceKind = (policy: SettlementPricePolicy): SettlementPriceKind =>
  typeof policy === 'string' ? policy : policy.kind;
