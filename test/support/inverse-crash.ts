import type { Files } from './folder.ts';
import { candles, held, marks } from './small-crash.ts';

/** A coin-margined crash small enough to follow by eye: bitcoin falls by a tenth within two minutes, and everything is settled in bitcoin. */

/** Contracts of 100 dollars; tiers in bitcoin. */
const BTC_USD = {
  marketId: 'BTC-USD',
  contract: 'INVERSE',
  multiplier: '100',
  settlementAsset: 'BTC',
  tickSize: '0.5',
  lotSize: '1',
  markPrice: '100000',
  takerFeeRate: '0.0005',
  marginTiers: [
    { notionalFloor: '0', notionalCap: '5', maintenanceMarginRate: '0.004', maximumLeverage: '125' },
    { notionalFloor: '5', notionalCap: null, maintenanceMarginRate: '0.01', maximumLeverage: '50' },
  ],
};

/** A linear market of ether against bitcoin: the same coin settles both, so that a cross pool may hold them together. */
const ETH_BTC = {
  marketId: 'ETH-BTC',
  contract: 'LINEAR',
  settlementAsset: 'BTC',
  tickSize: '0.00001',
  lotSize: '0.01',
  markPrice: '0.04',
  marginTiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }],
};

const account = (accountId: string, BTC: string, ...positions: readonly ReturnType<typeof held>[]) => ({
  accountId,
  walletBalances: { BTC },
  positions,
});

/**
 * `small` is isolated and falls through its bankruptcy price; `mixed` has an inverse and a linear leg, `hedged` both sides of one market; `stepper` has a
 * tier to step down; `dollar` is short one coin for each that it owns: no price ruins it, and it is where the deleveraging ends.
 */
export const inverseBook = () => ({
  asOf: '2025-10-10T20:49:00Z',
  markets: [BTC_USD, ETH_BTC],
  accounts: [
    {
      accountId: 'small',
      positions: [{ ...held('BTC-USD', 'LONG', '3000', '100000'), marginMode: 'ISOLATED', isolatedMargin: '0.15' }],
    },
    account('mixed', '0.35', held('BTC-USD', 'LONG', '3000', '100000'), held('ETH-BTC', 'LONG', '20', '0.04')),
    account('hedged', '0.2', held('BTC-USD', 'LONG', '4000', '100000'), held('BTC-USD', 'SHORT', '1500', '99000')),
    account('stepper', '0.75', held('BTC-USD', 'LONG', '9000', '100000')),
    account('dollar', '6', held('BTC-USD', 'SHORT', '6000', '100000')),
    account('short', '2', held('BTC-USD', 'SHORT', '12000', '101000'), held('ETH-BTC', 'SHORT', '30', '0.041')),
  ],
  insuranceFunds: [{ fundId: 'btc', asset: 'BTC', balance: '0.05' }],
});

const inverseScenario = () => ({
  name: 'inverse-crash',
  book: 'book.json',
  marks: [marks('BTC-USD', 'btc.csv'), marks('ETH-BTC', 'eth.csv')],
  venue: { depthPerMark: { 'BTC-USD': '1200' } },
});

/** Everything that a replay of the coin-margined crash reads. */
export const inverseFiles = (): Files => ({
  'scenario.json': inverseScenario(),
  'book.json': inverseBook(),
  'btc.csv': candles(['1760129400000,100000,100000,96000,96500', '1760129460000,96500,96500,89000,90000']),
  'eth.csv': candles(['1760129400000,0.04,0.04,0.0395,0.0395', '1760129460000,0.0395,0.0395,0.038,0.0385']),
});
