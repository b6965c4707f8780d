import type { Price } from '../units/money.ts';
import type { MarketTerms } from './contract.ts';
import type { MarketState } from './market-state.ts';

/** A market's terms together with the mark it is judged at. */
export interface MarkedMarket {
  readonly terms: MarketTerms;
  readonly markPrice: Price;
}

/** Marked markets by market id; a market without an accepted mark is absent. */
export type MarkedMarkets = ReadonlyMap<string, MarkedMarket>;

/** The markets that have an accepted mark, ready for an assessment. */
export const markedMarkets = (markets: readonly MarketState[]): MarkedMarkets =>
  new Map(
    markets.flatMap(({ terms, accepted }) =>
      accepted === null ? [] : [[terms.marketId, { terms, markPrice: accepted.markPrice }] as const],
    ),
  );
