import {
  ACCOUNTS_PER_WHALE,
  MARKET_MAKER_ENTRY,
  MARKET_MAKER_LEVERAGE,
  MARKET_MAKERS_LEAST,
  WHALE_LEVERAGE,
  WHALE_SIZE,
} from './assumed-shape.ts';
import { CRASH_MARKETS, type CrashMarket, lotsOf } from './crash-markets.ts';
import type { Leg } from './deal-positions.ts';
import type { GeneratedAccount, GeneratedSide } from './generated-book.ts';
import { openAccount } from './open-account.ts';
import { SHORT_NOTIONAL } from './published-shape.ts';
import { quantileOf } from './quantile-table.ts';
import type { RandomSource } from './random-source.ts';

interface Band {
  readonly least: number;
  readonly most: number;
}

/** A large account and what it holds, so that market makers can balance it. */
export interface LargeAccount {
  readonly account: GeneratedAccount;
  readonly legs: readonly Leg[];
}

const within = (random: RandomSource, { least, most }: Band): number => least + (most - least) * random.fraction();

export const whaleCount = (accounts: number): number => Math.max(1, Math.round(accounts / ACCOUNTS_PER_WHALE));

export const marketMakerCount = (accounts: number): number => Math.max(MARKET_MAKERS_LEAST, Math.round(accounts / ACCOUNTS_PER_WHALE));

/** Every fourth whale is in SOL, the others in ETH: near the notional weights of the two, and XRP is too small a market for one. */
const marketOfWhale = (index: number): CrashMarket | undefined => CRASH_MARKETS[index % 4 === 1 ? 1 : 0];

/** Returns long cross accounts of one very large position each. */
export const openWhales = (random: RandomSource, count: number): LargeAccount[] =>
  Array.from({ length: count }, (_, index) => {
    const market = marketOfWhale(index);
    const notionalValue = quantileOf(SHORT_NOTIONAL, within(random, WHALE_SIZE));
    const legs: Leg[] =
      market === undefined ? [] : [{ market, side: 'LONG', lots: lotsOf(market, notionalValue), entryFraction: random.fraction() }];
    const leverage = within(random, WHALE_LEVERAGE);
    return { legs, account: openAccount(`whale-${index + 1}`, ['whale'], [{ marginMode: 'CROSS', leverage, legs }]) };
  });

/** Σ longs − Σ shorts of a market in lots. */
const imbalanceOf = (market: CrashMarket, legs: readonly Leg[]): number =>
  legs.filter((leg) => leg.market === market).reduce((total, { side, lots }) => total + (side === 'LONG' ? lots : -lots), 0);

/** Splits lots in the proportion count : … : 2 : 1; the first part takes the rest, so that the parts sum to the whole. */
const splitLots = (lots: number, count: number): number[] => {
  const weights = (count * (count + 1)) / 2;
  const later = Array.from({ length: count - 1 }, (_, index) => Math.floor((lots * (count - 1 - index)) / weights));
  return [lots - later.reduce((total, part) => total + part, 0), ...later];
};

/**
 * Returns cross accounts that hold what each market lacks, so that Σ longs = Σ shorts exactly: large shorts in all three markets as hedges of
 * assets held elsewhere. Where a seed leaves more shorts than longs in a market, they are long there.
 */
export const openMarketMakers = (random: RandomSource, count: number, legs: readonly Leg[]): LargeAccount[] => {
  const lacks = CRASH_MARKETS.map((market) => {
    const imbalance = imbalanceOf(market, legs);
    const side: GeneratedSide = imbalance > 0 ? 'SHORT' : 'LONG';
    return { market, side, parts: splitLots(Math.abs(imbalance), count) };
  });
  return Array.from({ length: count }, (_, index) => {
    const own = lacks.flatMap(({ market, side, parts }) => {
      const lots = parts[index] ?? 0;
      return lots === 0 ? [] : [{ market, side, lots, entryFraction: within(random, MARKET_MAKER_ENTRY) }];
    });
    const leverage = within(random, MARKET_MAKER_LEVERAGE);
    return { legs: own, account: openAccount(`maker-${index + 1}`, ['market-maker'], [{ marginMode: 'CROSS', leverage, legs: own }]) };
  });
};
