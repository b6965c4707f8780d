import type { QuantileTable } from './quantile-table.ts';

// What no source of that day says. Each choice has its reason in docs/book-generator.md.

/** Leverage of longs at the opening. The top is the venue's own maximum for SOL and XRP (20); the rest is chosen. */
export const LONG_LEVERAGE: QuantileTable = {
  title: 'leverage of longs',
  source: 'assumed',
  readOn: '2026-11-25',
  points: [
    [0, 0.5],
    [10, 1],
    [25, 1.8],
    [50, 3.5],
    [75, 7],
    [90, 12],
    [95, 16],
    [99, 20],
    [100, 20],
  ],
};

/** Share of the crowd that is short: fewer and larger than the longs, who are the public. */
export const SHORT_SHARE = 0.25;
/** Shorts follow their table up to this fraction; the sizes beyond are the market makers', whose total the balance of each market decides. */
export const SHORT_NOTIONAL_TOP = 0.983;
/** From this fraction of sizes on, markets follow notional instead of accounts. */
export const LARGE_SIZE_FROM = 0.95;

export const ISOLATED_SHARE = 0.3;
/** Below this leverage an account keeps its money in the cross pool: nobody posts more isolated margin than the position is worth. */
export const ISOLATED_LEVERAGE_MIN = 1;

export const TWO_MARKETS_SHARE = 0.08;
export const THREE_MARKETS_SHARE = 0.02;
export const CROSS_AND_ISOLATED_SHARE = 0.01;
export const HEDGED_SHARE = 0.01;
/** A hedged account's short is this part of its long. */
export const HEDGE_RATIO = { least: 0.4, most: 0.9 };

/** One whale and one market maker per so many accounts. */
export const ACCOUNTS_PER_WHALE = 600;
/** Whales are long with sizes from this band of the table of shorts: 1.06–2.64 million USD. */
export const WHALE_SIZE = { least: 0.99, most: 0.995 };
export const WHALE_LEVERAGE = { least: 5, most: 9 };
export const MARKET_MAKERS_LEAST = 4;
export const MARKET_MAKER_LEVERAGE = { least: 1, most: 3 };
/** Band of the table of entry distances: a hedge is built up over days, so its entry lies near its market's mean. */
export const MARKET_MAKER_ENTRY = { least: 0.3, most: 0.6 };

/** No pool opens above this part of the maximum leverage of its largest position's tier: room before the first mark. */
export const OPENING_LEVERAGE_SHARE = 0.6;
/** Unrealized profit is at most this part of a pool's margin balance: the rest was paid in. */
export const PROFIT_SHARE_MOST = 0.8;

/** The fund's opening balance as a part of open interest (Σ longs at the opening marks), when none is given. */
export const INSURANCE_FUND_SHARE = 0.006;
