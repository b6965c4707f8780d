import type { Price } from '../units/money.ts';
import type { MarketTerms } from './contract.ts';

/** A market's terms together with the mark it is judged at. */
export interface MarkedMarket {
  readonly terms: MarketTerms;
  readonly markPrice: Price;
}

/** Marked markets by market id; a market without an accepted mark is absent. */
export type MarkedMarkets = ReadonlyMap<string, MarkedMarket>;
