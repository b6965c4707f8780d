/** Books of worked examples that venues published, as files for the commands. Sources beside their numbers in `test/reference/venue-goldens.ts`. */

const pairMarket = (marketId: string, markPrice: string, maintenanceMarginRate: string, maintenanceAmount: string) => ({
  marketId,
  contract: 'LINEAR',
  settlementAsset: 'USDT',
  tickSize: '0.01',
  lotSize: '0.001',
  markPrice,
  marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate, maintenanceAmount }],
});

const ETH = pairMarket('ETH-USDT', '1335.18', '0.1', '135365');
const BTC = pairMarket('BTC-USDT', '31967.27', '0.025', '16300');
const ETH_LONG = { marketId: 'ETH-USDT', side: 'LONG', quantity: '3683.979', entryPrice: '1456.84' };
const BTC_LONG = { marketId: 'BTC-USDT', side: 'LONG', quantity: '109.488', entryPrice: '32481.98' };
const COLLATERAL = '1535443.01';

const AS_OF = '2025-10-10T21:16:04Z';

/** Both longs on one wallet balance: liquidation prices 1153.26 and 26316.89. */
export const crossPair = () => ({
  asOf: AS_OF,
  markets: [ETH, BTC] as const,
  accounts: [
    {
      accountId: 'a1',
      walletBalances: { USDT: COLLATERAL },
      positions: [ETH_LONG, BTC_LONG].map((position) => ({ ...position, marginMode: 'CROSS' })),
    },
  ],
});

/** The same longs, each with the whole balance as its isolated margin: liquidation prices 1114.78 and 18778.73. */
export const isolatedPair = () => ({
  asOf: AS_OF,
  markets: [ETH, BTC],
  accounts: [ETH_LONG, BTC_LONG].map((position, index) => ({
    accountId: `a${index + 1}`,
    positions: [{ ...position, marginMode: 'ISOLATED', isolatedMargin: COLLATERAL }],
  })),
});

/** Account, contracts, entry price. At a mark of 660 and twice levered, an earlier entry ranks higher: 2, 5, 4, 1, 6, 3. */
const SIX_LONGS = [
  ['1', '10', '560', '2300'],
  ['2', '10', '500', '1700'],
  ['3', '20', '600', '5400'],
  ['4', '30', '540', '6300'],
  ['5', '20', '520', '3800'],
  ['6', '10', '580', '2500'],
] as const;

interface Residual {
  readonly quantity: string;
  readonly bankruptcyPrice: string;
  readonly accountId?: string;
}

/** Six longs when shorts are liquidated; the published one is 20 at 650. Margins are `quantity · (entry − 330)`: a balance of half the notional. */
export const sixAccounts = (residuals: readonly Residual[] = [{ quantity: '20', bankruptcyPrice: '650', accountId: '9' }]) => ({
  asOf: AS_OF,
  markets: [
    {
      marketId: 'XBT-USD',
      contract: 'LINEAR',
      settlementAsset: 'USD',
      tickSize: '0.5',
      lotSize: '1',
      markPrice: '660',
      marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.005' }],
    },
  ],
  accounts: SIX_LONGS.map(([accountId, quantity, entryPrice, isolatedMargin]) => ({
    accountId,
    positions: [{ marketId: 'XBT-USD', side: 'LONG', quantity, entryPrice, marginMode: 'ISOLATED', isolatedMargin }],
  })),
  residuals: residuals.map((residual) => ({ marketId: 'XBT-USD', side: 'SHORT', ...residual })),
});
