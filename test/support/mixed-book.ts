/** Pools of every kind. Ids are chosen so that code units (`B` < `a` < `b`) and dictionaries order them differently. */
export const mixedBook = () => ({
  asOf: '2025-10-10T21:16:04Z',
  markets: ['BTC-USDT', 'ETH-USDT'].map((marketId, index) => ({
    marketId,
    contract: 'LINEAR',
    settlementAsset: 'USDT',
    tickSize: '0.1',
    lotSize: '0.001',
    markPrice: ['100000', '4000'][index],
    takerFeeRate: '0.0005',
  })),
  accounts: [
    { accountId: 'b-balance', walletBalances: { USDT: '5' }, positions: [] },
    {
      accountId: 'a-both',
      walletBalances: { USDT: '1000' },
      positions: [
        { marketId: 'ETH-USDT', side: 'SHORT', quantity: '1', entryPrice: '4100', marginMode: 'CROSS' },
        { marketId: 'ETH-USDT', side: 'LONG', quantity: '1', entryPrice: '3900', marginMode: 'ISOLATED', isolatedMargin: '500' },
      ],
    },
    {
      accountId: 'B-hedge',
      walletBalances: { USDT: '2000' },
      positions: [
        { marketId: 'BTC-USDT', side: 'SHORT', quantity: '0.1', entryPrice: '99000', marginMode: 'CROSS' },
        { marketId: 'BTC-USDT', side: 'LONG', quantity: '0.3', entryPrice: '98000', marginMode: 'CROSS' },
      ],
    },
    {
      accountId: 'insolvent',
      positions: [
        { marketId: 'BTC-USDT', side: 'LONG', quantity: '0.2', entryPrice: '110000', marginMode: 'ISOLATED', isolatedMargin: '1500' },
      ],
    },
    {
      accountId: 'liquidatable',
      positions: [
        { marketId: 'BTC-USDT', side: 'SHORT', quantity: '0.1', entryPrice: '99000', marginMode: 'ISOLATED', isolatedMargin: '120' },
      ],
    },
  ],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000' }],
});
