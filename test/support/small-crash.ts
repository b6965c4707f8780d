import type { Files } from './folder.ts';

/** A crash small enough to follow by eye: bitcoin falls by 11 % within a minute, ether by 5 %, and the fund holds 1,000. */

const FROM_MS = 1_760_129_400_000;
const TO_MS = 1_760_129_520_000;

/** A file of one-minute candles, one row each. */
export const candles = (rows: readonly string[]): string => ['open_time_ms,open_usd,high_usd,low_usd,close_usd', ...rows, ''].join('\n');

const market = (marketId: string, markPrice: string) => ({
  marketId,
  contract: 'LINEAR',
  settlementAsset: 'USDT',
  tickSize: '0.1',
  lotSize: '0.001',
  markPrice,
});

/** A CROSS position of a book. */
export const held = (marketId: string, side: string, quantity: string, entryPrice: string) => ({
  marketId,
  side,
  quantity,
  entryPrice,
  marginMode: 'CROSS',
});

const account = (accountId: string, USDT: string, ...positions: readonly ReturnType<typeof held>[]) => ({
  accountId,
  walletBalances: { USDT },
  positions,
});

/** `small` is isolated and falls through its bankruptcy price; `large` does so with two legs; `stepper` has a tier to step down. */
export const crashBook = () => ({
  asOf: '2025-10-10T20:49:00Z',
  markets: [market('BTC-USDT', '100000'), market('ETH-USDT', '4000')],
  accounts: [
    {
      accountId: 'small',
      positions: [{ ...held('BTC-USDT', 'LONG', '0.4', '100000'), marginMode: 'ISOLATED', isolatedMargin: '2000' }],
    },
    account('large', '31000', held('BTC-USDT', 'LONG', '3', '100000'), held('ETH-USDT', 'LONG', '5', '4000')),
    account('stepper', '34000', held('BTC-USDT', 'LONG', '3', '100000')),
    account('short1', '100000', held('BTC-USDT', 'SHORT', '2', '100000'), held('ETH-USDT', 'SHORT', '8', '4100')),
    account('short2', '100000', held('BTC-USDT', 'SHORT', '5', '105000')),
  ],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000' }],
});

/** The marks of a market over the two minutes of the crash, out of a file of candles. */
export const marks = (marketId: string, file: string) => ({ marketId, candles: file, fromMs: FROM_MS, toMs: TO_MS });

export const crashScenario = () => ({
  name: 'small-crash',
  book: 'book.json',
  marks: [marks('BTC-USDT', 'btc.csv'), marks('ETH-USDT', 'eth.csv')],
  venue: { depthPerMark: { 'BTC-USDT': '1' } },
});

/** Everything that a replay of the small crash reads. */
export const crashFiles = (): Files => ({
  'scenario.json': crashScenario(),
  'book.json': crashBook(),
  'btc.csv': candles(['1760129400000,100000,100000,99000,99000', '1760129460000,99000,99000,89000,90000']),
  'eth.csv': candles(['1760129400000,4000,4000,3950,3950', '1760129460000,3950,3950,3800,3800']),
});

/** When bitcoin is at its low: the third mark of the second bar. */
export const LOW_MS = FROM_MS + 60_000 + 30_000;
