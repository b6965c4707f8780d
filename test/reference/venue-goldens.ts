import type { MarketCase, PoolCase, PositionCase, TierCase } from '../support/pool-case.ts';

/** Worked examples that venues and bug reports published. Where a page leaves a number open, the comment says what was filled in. */

const tier = (
  maintenanceMarginRate: string,
  maintenanceAmount: string | null,
  notionalFloor = '0',
  notionalCap: string | null = null,
): TierCase => ({
  notionalFloor,
  notionalCap,
  maintenanceMarginRate,
  maintenanceAmount,
});

const market = (marketId: string, markPrice: string, tiers: readonly TierCase[], takerFeeRate = '0'): MarketCase => ({
  marketId,
  multiplier: '1',
  markPrice,
  takerFeeRate,
  tickSize: '0.01',
  lotSize: '0.001',
  form: 'DEDUCTION',
  tiers,
});

const position = (marketId: string, side: PositionCase['side'], quantity: string, entryValue: string): PositionCase => ({
  marketId,
  side,
  quantity,
  entryValue,
});

/** A published price: of which market in which pool, to as many places as were printed. */
export interface PublishedPrice {
  readonly name: string;
  readonly source: string;
  readonly pool: PoolCase;
  readonly marketId: string;
  readonly liquidationPrice: string;
  readonly bankruptcyPrice?: string;
}

const BINANCE = 'Binance, "Liquidation Price of USDⓈ-M Futures Contracts", support FAQ b3c689c1f50a44cabb3a84e663b81d93, read 2026-11-22';

// The page gives each position's unrealized PnL and maintenance margin instead of the marks; these marks are the only ones that fit both.
const ETH = market('ETH-USDT', '1335.18', [tier('0.1', '135365')]);
const BTC = market('BTC-USDT', '31967.27', [tier('0.025', '16300')]);
/** 3,683.979 · 1,456.84 and 109.488 · 32,481.98. */
const ETH_LONG = position('ETH-USDT', 'LONG', '3683.979', '5366967.96636');
const BTC_LONG = position('BTC-USDT', 'LONG', '109.488', '3556387.02624');
const BINANCE_CROSS: PoolCase = { collateral: '1535443.01', markets: [BTC, ETH], positions: [BTC_LONG, ETH_LONG] };

const DYDX = 'dYdX v4 documentation, margin.mdx, read 2026-11-22';
const CROSS_TRAP = 'TorchTrade issue 344, read 2026-11-22';
const LINEAR_PAIR = 'formulas of the linear isolated contract, recomputed by hand (domain bank V14)';

export const PUBLISHED_PRICES: readonly PublishedPrice[] = [
  {
    name: 'V1 ETH long, isolated',
    source: BINANCE,
    pool: { collateral: '1535443.01', markets: [ETH], positions: [ETH_LONG] },
    marketId: 'ETH-USDT',
    liquidationPrice: '1114.78',
  },
  {
    name: 'V1 BTC long, isolated',
    source: BINANCE,
    pool: { collateral: '1535443.01', markets: [BTC], positions: [BTC_LONG] },
    marketId: 'BTC-USDT',
    liquidationPrice: '18778.73',
  },
  { name: 'V1 ETH long, cross', source: BINANCE, pool: BINANCE_CROSS, marketId: 'ETH-USDT', liquidationPrice: '1153.26' },
  { name: 'V1 BTC long, cross', source: BINANCE, pool: BINANCE_CROSS, marketId: 'BTC-USDT', liquidationPrice: '26316.89' },
  {
    name: 'V2 short 3 at 3,000, equity 1,000',
    source: DYDX,
    pool: {
      collateral: '1000',
      markets: [market('ETH-USD', '3000', [tier('0.05', null)])],
      positions: [position('ETH-USD', 'SHORT', '3', '9000')],
    },
    marketId: 'ETH-USD',
    liquidationPrice: '3174.60',
  },
  {
    name: 'V2 short 1.5 at 3,000, equity 1,000, 175 of margin elsewhere',
    source: DYDX,
    pool: {
      collateral: '1000',
      // Any position with a maintenance margin of 175 and no PnL will do: 3,500 at 5 %.
      markets: [market('ETH-USD', '3000', [tier('0.05', null)]), market('OTHER-USD', '3500', [tier('0.05', null)])],
      positions: [position('ETH-USD', 'SHORT', '1.5', '4500'), position('OTHER-USD', 'LONG', '1', '3500')],
    },
    marketId: 'ETH-USD',
    liquidationPrice: '3380.95',
  },
  {
    name: 'V3 long 1 at 100, equity 5, 4 of margin elsewhere',
    source: CROSS_TRAP,
    pool: {
      collateral: '5',
      // Any position with a maintenance margin of 4 and no PnL will do: 1,000 at 0.4 %.
      markets: [market('BTC-USD', '100', [tier('0.004', null)]), market('OTHER-USD', '1000', [tier('0.004', null)])],
      positions: [position('BTC-USD', 'LONG', '1', '100'), position('OTHER-USD', 'LONG', '1', '1000')],
    },
    marketId: 'BTC-USD',
    liquidationPrice: '99.3976',
  },
  {
    name: 'V14 linear long with fee',
    source: LINEAR_PAIR,
    pool: {
      collateral: '20',
      markets: [market('X-USD', '100', [tier('0.01', '0')], '0.0005')],
      positions: [position('X-USD', 'LONG', '2', '200')],
    },
    marketId: 'X-USD',
    liquidationPrice: '90.95503',
    bankruptcyPrice: '90.04502',
  },
  {
    name: 'V14 linear short with fee',
    source: LINEAR_PAIR,
    pool: {
      collateral: '20',
      markets: [market('X-USD', '100', [tier('0.01', '0')], '0.0005')],
      positions: [position('X-USD', 'SHORT', '2', '200')],
    },
    marketId: 'X-USD',
    liquidationPrice: '108.85700',
    bankruptcyPrice: '109.94503',
  },
];

/** Unrealized PnL and maintenance margin as the page prints them, which the marks above must give back. */
export const BINANCE_CROSS_VALUES = {
  source: BINANCE,
  pool: BINANCE_CROSS,
  'ETH-USDT': { unrealizedPnl: '-448192.89', maintenanceMargin: '356512.508' },
  'BTC-USDT': { unrealizedPnl: '-56354.57', maintenanceMargin: '71200.81144' },
} as const;

/** V4: the CYBERUSDT table of 31 August 2023 with its printed amounts; 300,000 of notional need 19,375 = 625 + 8,750 + 10,000. */
export const CYBER = {
  source: 'Binance, CYBERUSDT leverage and margin tiers notice of 2023-08-31, read 2026-11-22',
  tiers: [
    tier('0.025', null, '0', '25000'),
    tier('0.05', null, '25000', '200000'),
    tier('0.1', null, '200000', '500000'),
    tier('0.125', null, '500000', '1000000'),
    tier('0.25', null, '1000000', '3000000'),
    tier('0.5', null, '3000000', null),
  ],
  amounts: ['0', '625', '10625', '23125', '148125', '898125'],
  notional: '300000',
  maintenanceMargin: '19375',
} as const;

/**
 * V4: level 5 of coin-margined BTCUSD in BTC: 50 · (5 % − 2.5 %) + 0.56 = 1.81. The levels below are printed as the amount 0.56. A position of 300 is in the
 * tier of 12.5 % with 11.81: the tier of 10 % from 100 to 200 between them is the one that gives it.
 */
export const COIN_MARGINED = {
  source: 'Binance, "Leverage and Margin of COIN-M Futures Contracts", support FAQ ceccfcfb4e3a45e3b48b0b1bb1a8ae46, read 2026-11-22',
  tiers: [
    tier('0.025', '0.56', '0', '50'),
    tier('0.05', null, '50', '100'),
    tier('0.1', null, '100', '200'),
    tier('0.125', null, '200', null),
  ],
  amount: '1.81',
} as const;

/**
 * V5: six longs when a short of 20 is liquidated at 650. The page prints quantities, ranks, quintiles and fills; entries and margins are
 * ours: all in profit at a mark of 660, five times levered, so that the earlier entry ranks higher.
 */
export const BITMEX = {
  source: 'BitMEX, auto-deleveraging examples, testnet.bitmex.com/app/autoDeleveragingExamples, read 2026-11-22',
  market: market('XBT-USD', '660', [tier('0.005', null)]),
  accounts: [
    { accountId: '1', quantity: '10', entryPrice: '560' },
    { accountId: '2', quantity: '10', entryPrice: '500' },
    { accountId: '3', quantity: '20', entryPrice: '600' },
    { accountId: '4', quantity: '30', entryPrice: '540' },
    { accountId: '5', quantity: '20', entryPrice: '520' },
    { accountId: '6', quantity: '10', entryPrice: '580' },
  ],
  leverage: '5',
  residual: { side: 'SHORT', quantity: '20', bankruptcyPrice: '650' },
  queue: ['2', '5', '4', '1', '6', '3'],
  quintiles: [20, 40, 60, 80, 80, 100],
  fills: [
    { accountId: '2', quantity: '10' },
    { accountId: '5', quantity: '10' },
  ],
} as const;
