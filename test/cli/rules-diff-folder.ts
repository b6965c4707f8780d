import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';

const tiers = (rate: string): string =>
  JSON.stringify({
    form: 'DEDUCTION',
    boundary: 'LOWER_TIER',
    markets: { '*': [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: rate, maximumLeverage: '50' }] },
  });

const isolated = (accountId: string, side: string, entryPrice: string, isolatedMargin: string, tags: readonly string[] = []) => ({
  accountId,
  tags,
  positions: [{ marketId: 'X-USDT', side, quantity: '10', entryPrice, marginMode: 'ISOLATED', isolatedMargin }],
});

/** At a mark of 100, ten contracts each; `a3` holds nothing. */
const book = {
  asOf: '2025-10-10T21:16:04Z',
  markets: [{ marketId: 'X-USDT', contract: 'LINEAR', settlementAsset: 'USDT', tickSize: '0.1', lotSize: '1', markPrice: '100' }],
  accounts: [
    isolated('a1', 'LONG', '100', '50'),
    isolated('a2', 'LONG', '100', '11'),
    { accountId: 'a3', walletBalances: { USDT: '5' }, positions: [] },
    isolated('a4', 'SHORT', '110', '900', ['vip']),
  ],
  residuals: [{ marketId: 'X-USDT', side: 'LONG', quantity: '5', bankruptcyPrice: '105' }],
};

const crowd = {
  ...book,
  residuals: [],
  accounts: Array.from({ length: 23 }, (_, index) => isolated(`b${index + 10}`, 'LONG', '100', String(50 + index))),
};

/** A folder with the rule sets `a`, `b` and `broken` and the books `book.json`, `crowd.json` and `bad.json`. */
export const rulesAndBooks = (): string => {
  const folder = folderWith({ 'book.json': book, 'crowd.json': crowd, 'bad.json': '{ "asOf": 1 }' });
  writeFileSync(join(copyRules(folder, 'house', 'a'), 'margin-tiers.json'), tiers('0.01'));
  const b = copyRules(folder, 'house', 'b');
  writeFileSync(join(b, 'margin-tiers.json'), tiers('0.0125'));
  edit(join(b, 'rule-set.json'), '"version": "1.0.0"', '"version": "1.1.0"');
  edit(join(b, 'deleveraging.json'), '"tags": []', '"tags": ["vip"]');
  edit(join(copyRules(folder, 'house', 'broken'), 'margin.rules.json'), '"decimalLessThan"', '"lessThan"');
  return folder;
};

const values = z.object({
  file: z.string(),
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  description: z.string().nullable(),
});

const document = z.object({
  before: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
  after: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
  same: z.boolean(),
  changes: z.array(
    z.object({
      section: z.string(),
      marketId: z.string().nullable(),
      sentence: z.string(),
      band: z.object({ notionalFloor: z.string(), example: z.object({ distancePercent: z.string() }) }).nullable(),
      values: z.array(values),
    }),
  ),
  book: z
    .object({
      pools: z.number(),
      poolsChanged: z.number(),
      liquidated: z.object({ before: z.number(), after: z.number() }),
      changed: z.array(
        z.object({
          poolId: z.string(),
          before: z.object({ state: z.string(), decision: z.string(), orders: z.array(z.string()) }),
          after: z.object({ state: z.string(), decision: z.string(), orders: z.array(z.string()) }),
          liquidationPrices: z.array(
            z.object({ before: z.string().nullable(), after: z.string().nullable(), percentOfMark: z.string().nullable() }),
          ),
        }),
      ),
      residuals: z.array(
        z.object({ before: z.object({ residualQuantity: z.string() }), after: z.object({ residualQuantity: z.string() }) }),
      ),
    })
    .optional(),
});

/** The document of `adl rules diff`. */
export const diffDocument = async (folder: string, ...given: readonly string[]) =>
  document.parse(documentOf(await runAdl(folder, 'rules', 'diff', ...given)));
