import { unreachable } from '../invariant.ts';
import type { Side } from '../market/side.ts';
import { larger, ONE, smaller, ZERO } from '../units/decimal.ts';
import { type Price, price, type Ratio, ratio } from '../units/money.ts';
import type { SettlementPricePolicy } from './settlement-price-policy.ts';

/** What prices there are to close at. Quote per base unit. */
export interface ReferencePrices {
  /** The mark that the wave deleverages at. */
  readonly mark: Price;
  /** The mark when the case was opened. */
  readonly frozenMark: Price;
  /** The mark that was accepted before the present one. */
  readonly previousMark: Price;
  readonly indexPrice: Price;
  /** Of the last trade; the mark where no trades are published. */
  readonly lastPrice: Price;
}

/** Where only the mark is known it stands for the others. */
export const onlyMark = (mark: Price): ReferencePrices => ({
  mark,
  frozenMark: mark,
  previousMark: mark,
  indexPrice: mark,
  lastPrice: mark,
});

/** reference·(1 − s·distance): away from the reference against the bankrupt side, lower for a LONG, higher for a SHORT. Distance below 1. */
const against = (side: Side, reference: Price, distance: Ratio): Price =>
  price(reference.times(side === 'LONG' ? ONE.minus(distance) : ONE.plus(distance)));

/** d = marginFraction − 2·takerFeeRate, at least zero. */
const lastDistance = (marginFraction: Ratio, takerFeeRate: Ratio): Ratio =>
  ratio(larger(ZERO, marginFraction.minus(takerFeeRate.times(2))));

/**
 * The settlement price of a residual, exact to 64 digits, before any tick.
 *
 * BANKRUPTCY: the bankruptcy price. MARK, FROZEN_MARK, PREVIOUS_MARK: the mark now, at opening, before. INDEX_CAPPED_AT_BANKRUPTCY: min(index, bankruptcy)
 * for a bankrupt LONG, max for a SHORT. MARK_SPREAD: mark·(1 ∓ spread). LAST_DISTANCE: last·(1 ∓ d), d = marginFraction − 2·takerFeeRate; a d below zero is
 * none. Upper signs for a bankrupt LONG. Quote per base unit.
 * Expects spread and marginFraction below 1, as rule sets have them: else a LONG would have no price.
 * Source: bankruptcy BitMEX, Binance, Bybit; mark OKX, GRVT, Aevo; previous mark Hyperliquid; frozen mark Polymarket (cross); index capped Ethereal;
 * reference ± spread Deribit; last ± distance WhiteBIT; read 2026-11-22.
 */
export const settlementPriceOf = (
  policy: SettlementPricePolicy,
  bankrupt: { readonly side: Side; readonly bankruptcyPrice: Price; readonly takerFeeRate: Ratio },
  references: ReferencePrices,
): Price => {
  const { side, bankruptcyPrice, takerFeeRate } = bankrupt;
  if (typeof policy !== 'string') {
    switch (policy.kind) {
      case 'MARK_SPREAD':
        return against(side, references.mark, policy.spread);
      case 'LAST_DISTANCE':
        return against(side, references.lastPrice, lastDistance(policy.marginFraction, takerFeeRate));
      default:
        return unreachable(policy);
    }
  }
  switch (policy) {
    case 'BANKRUPTCY':
      return bankruptcyPrice;
    case 'MARK':
      return references.mark;
    case 'FROZEN_MARK':
      return references.frozenMark;
    case 'PREVIOUS_MARK':
      return references.previousMark;
    case 'INDEX_CAPPED_AT_BANKRUPTCY':
      return price((side === 'LONG' ? smaller : larger)(references.indexPrice, bankruptcyPrice));
    default:
      return unreachable(policy);
  }
};
