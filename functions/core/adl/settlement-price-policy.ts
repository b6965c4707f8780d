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

export const settlementPriceKind = (policy: SettlementPricePolicy): SettlementPriceKind =>
  typeof policy === 'string' ? policy : policy.kind;
