import type { Price, Quantity } from '../units/money.ts';
import type { MarketTerms } from './contract.ts';
import type { MarketState, MarkObservation } from './market-state.ts';

/** A market's terms together with the mark it is judged at. */
export interface MarkedMarket {
  readonly terms: MarketTerms;
  readonly markPrice: Price;
  /** Contracts open in the whole market, counted on one side; missing where nobody told. Initial margin may depend on it, and nothing else does. */
  readonly openInterest?: Quantity;
}

/** Marked markets by market id; a market without an accepted mark is absent. */
export type MarkedMarkets = ReadonlyMap<string, MarkedMarket>;

const priceAndInterest = ({ markPrice, openInterest }: MarkObservation): Pick<MarkedMarket, 'markPrice' | 'openInterest'> =>
  openInterest === undefined ? { markPrice } : { markPrice, openInterest };

/** The markets that have an accepted mark, ready for an assessment. */
export const markedMarkets = (markets: readonly MarketState[]): MarkedMarkets =>
  new Map(
    markets.flatMap(({ terms, accepted }) =>
      accepted === null ? [] : [[terms.marketId, { terms, ...priceAndInterest(accepted) }] as const],
    ),
  );
