/** The smallest book that uses every key of the format; tests change one value of a fresh copy. */
export const bookDocument = () => ({
  asOf: '2025-10-10T21:16:04Z',
  markets: [
    {
      marketId: 'BTC-USDT',
      contract: 'LINEAR',
      multiplier: '0.001',
      settlementAsset: 'USDT',
      tickSize: '0.1',
      lotSize: '0.001',
      markPrice: '106427.7',
      indexPrice: '106400',
      takerFeeRate: '0.0005',
      tierForm: 'DEDUCTION',
      marginTiers: [
        { notionalFloor: '0', notionalCap: '50000', maintenanceMarginRate: '0.004', maintenanceAmount: '0', maximumLeverage: '125' },
        { notionalFloor: '50000', notionalCap: null, maintenanceMarginRate: '0.005' },
      ],
    },
    { marketId: 'ETH-USDT', contract: 'LINEAR', settlementAsset: 'USDT', tickSize: '0.01', lotSize: '0.001', markPrice: '4000' },
  ],
  accounts: [
    {
      accountId: 'a1',
      tags: ['market-maker'],
      walletBalances: { USDT: '-1000.5', BTC: '2' },
      positions: [
        { marketId: 'BTC-USDT', side: 'LONG', quantity: '1.0005', entryPrice: '100', marginMode: 'ISOLATED', isolatedMargin: '-20' },
        { marketId: 'BTC-USDT', side: 'LONG', quantity: '2', entryPrice: '100', marginMode: 'CROSS' },
        { marketId: 'BTC-USDT', side: 'SHORT', quantity: '2', entryPrice: '100', marginMode: 'CROSS' },
      ],
    },
    { accountId: 'a2', positions: [] },
  ],
  insuranceFunds: [
    { fundId: 'usdt', asset: 'USDT', balance: '1000000', peakBalance: '1200000' },
    { fundId: 'btc', asset: 'BTC', balance: '5' },
  ],
  residuals: [
    { marketId: 'BTC-USDT', side: 'SHORT', quantity: '20', bankruptcyPrice: '650', accountId: 'a9' },
    { marketId: 'ETH-USDT', side: 'LONG', quantity: '1', bankruptcyPrice: '650' },
  ],
});

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The document as JSON of one value per line, after `change` set the value at `path`; undefined takes the key away. */
export const bytesWith = (document: object, path: readonly (string | number)[], value: unknown): Uint8Array => {
  const last = path.at(-1) ?? '';
  const parent = path.slice(0, -1).reduce<object>((container, step) => Reflect.get(container, step), document);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return bytesOf(JSON.stringify(document, null, 1));
};

/** The steps of a path such as `$.markets[0].markPrice` or `$.walletBalances["US DT"]`. */
export const stepsOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\.(\w+|\$\w+)|\[(\d+)\]|\["([^"]+)"\]/g)].map(([, name, index, quoted]) =>
    index === undefined ? (name ?? quoted ?? '') : Number(index),
  );
