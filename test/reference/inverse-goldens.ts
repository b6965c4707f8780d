import type { MarketCase, PoolCase, PositionCase } from '../support/pool-case.ts';
import type { PublishedPrice } from './venue-goldens.ts';

/** Worked examples of coin-margined contracts. Where a page leaves a number open, the comment says what was filled in. */

/** A market of contracts of one dollar, settled in the coin. */
const market = (maintenanceMarginRate: string, takerFeeRate: string, markPrice = '8000'): MarketCase => ({
  marketId: 'BTC-USD',
  contract: 'INVERSE',
  multiplier: '1',
  markPrice,
  takerFeeRate,
  tickSize: '0.5',
  lotSize: '1',
  form: 'DEDUCTION',
  tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate, maintenanceAmount: null }],
});

const pool = (terms: MarketCase, collateral: string, held: Omit<PositionCase, 'marketId'>): PoolCase => ({
  collateral,
  markets: [terms],
  positions: [{ marketId: terms.marketId, ...held }],
});

const PAIR = 'formulas of the inverse isolated contract, recomputed by hand (domain bank V14)';
/** 10,000 dollars at 8,000. */
const AT_8000 = { quantity: '10000', entryValue: '1.25' } as const;

const BYBIT_OLD = 'Bybit, order price of a liquidation, help centre article 900000031623, read 2026-11-22';
const BYBIT_INVERSE = 'Bybit, bankruptcy price of inverse contracts, help centre article 360039261334, read 2026-11-22';
const KRAKEN = 'Kraken, liquidation of inverse futures, support article 360022835671, read 2026-11-22';

export const INVERSE_PRICES: readonly PublishedPrice[] = [
  {
    name: 'V14 inverse long with fee',
    source: PAIR,
    pool: pool(market('0.01', '0.0005'), '0.125', { side: 'LONG', ...AT_8000 }),
    marketId: 'BTC-USD',
    liquidationPrice: '7349.0909',
    bankruptcyPrice: '7276.3636',
  },
  {
    name: 'V14 inverse short with fee',
    source: PAIR,
    pool: pool(market('0.01', '0.0005'), '0.125', { side: 'SHORT', ...AT_8000 }),
    marketId: 'BTC-USD',
    liquidationPrice: '8795.5556',
    bankruptcyPrice: '8884.4444',
  },
  {
    name: 'V15 inverse long at 50 times, no fee in the price',
    source: BYBIT_OLD,
    // 789,008 dollars are 100 coins at 7,890.08, and a fiftieth of that is the margin. The page prints no liquidation price: with a rate of 0.5 % it is ours.
    pool: pool(market('0.005', '0', '7890.08'), '2', { side: 'LONG', quantity: '789008', entryValue: '100' }),
    marketId: 'BTC-USD',
    liquidationPrice: '7774.0494',
    bankruptcyPrice: '7735.3725',
  },
  {
    name: 'V15 inverse long in a cross pool of half a coin',
    source: BYBIT_INVERSE,
    // The page's own liquidation price is in `BYBIT_AT_ENTRY`; with the rate of 0.5 % taken at the mark, as the tiers here are, this is what it becomes.
    pool: pool(market('0.005', '0.00075'), '0.5', { side: 'LONG', ...AT_8000 }),
    marketId: 'BTC-USD',
    liquidationPrice: '5747.14',
    bankruptcyPrice: '5718.57',
  },
  {
    name: 'V16 inverse long of 1,000 contracts with a hundredth of a coin',
    source: KRAKEN,
    // The page prints the price at which the maintenance margin is hit: a rate of 1 % gives it, and no fee.
    pool: pool(market('0.01', '0'), '0.01', { side: 'LONG', quantity: '1000', entryValue: '0.125' }),
    marketId: 'BTC-USD',
    liquidationPrice: '7481',
    bankruptcyPrice: '7407',
  },
];

/** V15: the same cross pool with its maintenance margin taken at the entry and the fee at the bankruptcy price, so that both are fixed amounts of coin. */
export const BYBIT_AT_ENTRY = {
  source: BYBIT_INVERSE,
  collateral: '0.5',
  entryValue: '1.25',
  maintenanceMarginRate: '0.005',
  takerFeeRate: '0.00075',
  bankruptcyPrice: '5718.57',
  liquidationPrice: '5739.08',
} as const;

/** V15: prices as they are shown, on a tick of 0.50, at the cost of the trader: up for a long. */
export const SHOWN_ON_TICK = [
  { source: BYBIT_OLD, side: 'LONG', exact: '7735.3725', tickSize: '0.5', shown: '7735.5' },
  { source: BYBIT_INVERSE, side: 'LONG', exact: '5739.08', tickSize: '0.5', shown: '5739.5' },
] as const;

/** Bybit, liquidation price in isolated margin of a unified account: extra margin pays its own closing fee. No figures are printed; these are ours. */
export const UNIFIED_ISOLATED = {
  source: 'Bybit, liquidation price under isolated margin (unified trading account), help centre, read 2026-11-22',
  units: '10000',
  entryPrice: '8000',
  leverage: '10',
  extraMargin: '0.05',
  takerFeeRate: '0.0006',
  maintenanceMarginRate: '0.005',
} as const;
