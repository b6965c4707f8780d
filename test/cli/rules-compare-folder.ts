import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';

/** Seven rule sets of different content, as paths and names. */
export const SEVEN = ['house', 'house-guarded', 'losers', 'poor', 'poorer', 'poorest', 'untiered'] as const;

const isolated = (accountId: string, side: string, quantity: string, entryPrice: string, isolatedMargin: string) => ({
  accountId,
  positions: [{ marketId: 'BTC-USDT', side, quantity, entryPrice, marginMode: 'ISOLATED', isolatedMargin }],
});

/** At a mark of 90,000 `l1` is 2 · (90,000 − 100,000) + 18,000 = −2,000, bankrupt at 91,000. Of the shorts `s1` has the most leverage; `s3` has a loss. */
const book = {
  asOf: '2025-10-10T21:16:04Z',
  markets: [{ marketId: 'BTC-USDT', contract: 'LINEAR', settlementAsset: 'USDT', tickSize: '0.1', lotSize: '0.001', markPrice: '90000' }],
  accounts: [
    isolated('l1', 'LONG', '2', '100000', '18000'),
    isolated('s1', 'SHORT', '1.5', '100000', '15000'),
    isolated('s2', 'SHORT', '1', '100000', '90000'),
    isolated('s3', 'SHORT', '1', '80000', '50000'),
  ],
  insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000' }],
  residuals: [{ marketId: 'BTC-USDT', side: 'LONG', quantity: '0.5', bankruptcyPrice: '91000' }],
};

const floorOf = (folder: string, name: string, floor: string): void =>
  edit(join(copyRules(folder, 'house', name), 'insurance-fund.json'), '"floor": "0"', `"floor": "${floor}"`);

/**
 * A folder with `book.json`, `rich.json` (a fund of 1,000,000, no residual) and `bad.json`; and with copies of `house`: `losers` ranks losers too, `poor` and
 * those after it may not touch the fund, `untiered` knows one market, which no book has.
 */
export const comparedFolder = (): string => {
  const rich = { ...book, residuals: [], insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000000' }] };
  const folder = folderWith({ 'book.json': book, 'rich.json': rich, 'bad.json': '{ "asOf": 1 }' });
  edit(join(copyRules(folder, 'house', 'losers'), 'deleveraging.json'), '"losers": "EXCLUDE"', '"losers": "DIVIDE"');
  floorOf(folder, 'poor', '1000000');
  floorOf(folder, 'poorer', '2000000');
  floorOf(folder, 'poorest', '3000000');
  const untiered = copyRules(folder, 'house', 'untiered');
  edit(join(untiered, 'rule-set.json'), '"markets": ["*"]', '"markets": ["ETH-USDT"]');
  writeFileSync(
    join(untiered, 'margin-tiers.json'),
    JSON.stringify({
      form: 'DEDUCTION',
      boundary: 'LOWER_TIER',
      markets: { 'ETH-USDT': [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01' }] },
    }),
  );
  return folder;
};
