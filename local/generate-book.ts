import { INSURANCE_FUND_SHARE } from './book-generator/assumed-shape.ts';
import { CRASH_MARKETS, notionalOf, OPENING_TIME, SETTLEMENT_ASSET, TAKER_FEE_RATE } from './book-generator/crash-markets.ts';
import { dealPositions, type Leg } from './book-generator/deal-positions.ts';
import { decimalText } from './book-generator/decimal-text.ts';
import type { GeneratedBook, GeneratedMarket } from './book-generator/generated-book.ts';
import { marketMakerCount, openMarketMakers, openWhales, whaleCount } from './book-generator/large-accounts.ts';
import { openAccount, type PoolPlan } from './book-generator/open-account.ts';
import { planCrowd, type Seat } from './book-generator/plan-crowd.ts';
import { randomSource } from './book-generator/random-source.ts';

export const DEFAULT_SEED = 'crash-2025-10-10';
export const DEFAULT_ACCOUNTS = 2400;
/** Below this the shares of the rarer kinds round to nothing; above it the book no longer fits into one JSON text. */
export const ACCOUNTS_LEAST = 100;
export const ACCOUNTS_MOST = 1_000_000;

export interface BookRequest {
  readonly seed: string;
  /** `ACCOUNTS_LEAST` … `ACCOUNTS_MOST`, whales and market makers included. */
  readonly accounts: number;
  /** Opening balance of the insurance fund [USDT]; by default `INSURANCE_FUND_SHARE` of open interest, down to a whole thousand. */
  readonly insuranceFundBalance?: string;
}

const MARKETS: readonly GeneratedMarket[] = CRASH_MARKETS.map((market) => ({
  marketId: market.marketId,
  contract: 'LINEAR',
  multiplier: '1',
  settlementAsset: SETTLEMENT_ASSET,
  tickSize: decimalText(1, market.ticksPerUnit),
  lotSize: decimalText(1, market.lotsPerUnit),
  markPrice: decimalText(market.markTicks, market.ticksPerUnit),
  takerFeeRate: TAKER_FEE_RATE,
}));

const poolsOf = ({ kind, leverage }: Seat, legs: readonly Leg[]): PoolPlan[] => {
  switch (kind) {
    case 'ISOLATED':
      return [{ marginMode: 'ISOLATED', leverage, legs }];
    case 'CROSS_AND_ISOLATED':
      return [
        { marginMode: 'CROSS', leverage, legs: legs.slice(0, 1) },
        { marginMode: 'ISOLATED', leverage, legs: legs.slice(1) },
      ];
    default:
      return [{ marginMode: 'CROSS', leverage, legs }];
  }
};

const fundBalanceOf = (legs: readonly Leg[]): string => {
  const openInterest = legs.filter(({ side }) => side === 'LONG').reduce((total, { market, lots }) => total + notionalOf(market, lots), 0);
  return String(Math.floor((openInterest * INSURANCE_FUND_SHARE) / 1000) * 1000);
};

/**
 * Returns a book of the opening of 10 October 2025, 20:50 UTC, whose sizes, sides, leverage and entries follow docs/book-generator.md. It
 * depends on the request alone: one request, one text. Every account is healthy at the opening marks; Σ longs = Σ shorts in each market.
 * Throws `RangeError` when the number of accounts is not a whole number within its bounds.
 */
export const generateBook = ({ seed, accounts, insuranceFundBalance }: BookRequest): GeneratedBook => {
  if (!Number.isInteger(accounts) || accounts < ACCOUNTS_LEAST || accounts > ACCOUNTS_MOST)
    throw new RangeError(`accounts is \`${accounts}\`: expected a whole number from ${ACCOUNTS_LEAST} to ${ACCOUNTS_MOST}`);
  const random = randomSource(seed);
  const whales = openWhales(random, whaleCount(accounts));
  const makers = marketMakerCount(accounts);
  const crowd = dealPositions(random, planCrowd(random, accounts - whales.length - makers));
  const taken = [...crowd, ...whales].flatMap(({ legs }) => legs);
  const marketMakers = openMarketMakers(random, makers, taken);
  const balance = insuranceFundBalance ?? fundBalanceOf([...taken, ...marketMakers.flatMap(({ legs }) => legs)]);
  const traders = crowd.map(({ seat, legs }) => openAccount(seat.accountId, seat.kind === 'HEDGED' ? ['hedged'] : [], poolsOf(seat, legs)));
  return {
    asOf: OPENING_TIME,
    markets: MARKETS,
    accounts: [
      ...traders.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)),
      ...whales.map(({ account }) => account),
      ...marketMakers.map(({ account }) => account),
    ],
    insuranceFunds: [{ fundId: 'usdt', asset: SETTLEMENT_ASSET, balance, peakBalance: balance }],
  };
};
