/**
 * A long of 1 from 100 with 20 of margin at a mark of 79, one below its bankruptcy price of 80, and a short of 1 that gained what it lost. The fund has 10.
 * Maintenance 1 % of 79: 0.79.
 */
export const bankruptLong = () => ({
  asOf: '2026-01-05T12:00:00Z',
  markets: [
    {
      marketId: 'X-USDT',
      contract: 'LINEAR',
      settlementAsset: 'USDT',
      tickSize: '0.1',
      lotSize: '0.1',
      markPrice: '79',
      marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }],
    },
  ],
  accounts: [
    {
      accountId: 'a1',
      positions: [{ marketId: 'X-USDT', side: 'LONG', quantity: '1', entryPrice: '100', marginMode: 'ISOLATED', isolatedMargin: '20' }],
    },
    {
      accountId: 'a2',
      positions: [{ marketId: 'X-USDT', side: 'SHORT', quantity: '1', entryPrice: '100', marginMode: 'ISOLATED', isolatedMargin: '20' }],
    },
  ],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '10' }],
});

export const BANKRUPT = 'a1#ISOLATED#X-USDT#LONG';
export const WINNER = 'a2#ISOLATED#X-USDT#SHORT';

/** The venue takes nothing, so that the long waits for deleveraging. */
export const NO_DEPTH = { depthPerMark: { 'X-USDT': '0' } };
