import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DELEVERAGING } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { folderWith } from '../support/folder.ts';
import { sixAccounts } from '../support/published-books.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, type Ended, linesOf, runAdl } from '../support/run-adl.ts';

const planSchema = z.object({
  settlementPrice: z.string(),
  ranking: z.array(
    z.object({ accountId: z.string(), quantity: z.string(), indicator: z.number(), eligible: z.boolean(), reason: z.string().nullable() }),
  ),
  transfers: z.array(
    z.object({ accountId: z.string(), quantity: z.string(), price: z.string(), realizedPnl: z.string(), haircut: z.string() }),
  ),
  residualQuantity: z.string(),
  budget: z.string(),
  taken: z.string(),
  overshoot: z.string(),
  policy: z.unknown(),
});

const plansOf = (document: unknown) => z.object({ plans: z.array(planSchema) }).parse(document).plans;

const cross = (accountId: string, side: string, quantity: string, entryPrice: string, USD: string, tags: readonly string[] = []) => ({
  accountId,
  tags,
  walletBalances: { USD },
  positions: [{ marketId: 'XBT-USD', side, quantity, entryPrice, marginMode: 'CROSS' }],
});

/** One counterparty of each kind that may not be asked, and one that may. `owner` holds the bankrupt short and a long of its own. */
const ineligibleBook = () => ({
  ...sixAccounts([{ quantity: '5', bankruptcyPrice: '650', accountId: 'owner' }]),
  accounts: [
    cross('eligible', 'LONG', '3', '600', '1000'),
    cross('owner', 'LONG', '3', '600', '1000'),
    cross('maker', 'LONG', '3', '600', '1000', ['market-maker']),
    cross('loser', 'LONG', '3', '700', '1000'),
    cross('insolvent', 'LONG', '3', '700', '100'),
    cross('liquidated', 'LONG', '30', '600', '-1750'),
  ],
});

const shorts = () => ({ ...sixAccounts(), accounts: [cross('short', 'SHORT', '5', '700', '1000')] });

let run: Ended;
let ineligible: unknown;
const documents: unknown[] = [];

beforeAll(async () => {
  const shared = sixAccounts([
    { quantity: '20', bankruptcyPrice: '650' },
    { quantity: '30', bankruptcyPrice: '640' },
    { quantity: '60', bankruptcyPrice: '670' },
  ]);
  const files = { 'six.json': sixAccounts(), 'shared.json': shared, 'none.json': sixAccounts([]), 'shorts.json': shorts() };
  const folder = folderWith({ ...files, 'ineligible.json': ineligibleBook() });
  const rules = copyRules(folder, 'house');
  edit(join(rules, 'deleveraging.json'), '"tags": []', '"tags": ["market-maker"]');
  run = await runAdl(folder, 'deleverage', ...Object.keys(files), '--json');
  ineligible = documentOf(await runAdl(folder, 'deleverage', 'ineligible.json', '--rules', 'rules', '--json'));
  documents.push(...linesOf(run.stdout).map((line): unknown => JSON.parse(line)));
});

describe('adl deleverage over six longs when a short of 20 is liquidated at 650', () => {
  const plan = () => plansOf(documents[0])[0];

  it('ranks them 2, 5, 4, 1, 6, 3 with the published indicators', () => {
    expect(plan()?.ranking.map(({ accountId, quantity, indicator }) => [accountId, quantity, indicator])).toEqual([
      ['2', '10', 5],
      ['5', '20', 4],
      ['4', '30', 3],
      ['1', '10', 2],
      ['6', '10', 2],
      ['3', '20', 1],
    ]);
  });

  it('takes 10 from account 2 and 10 from account 5 at the bankruptcy price', () => {
    // A haircut is 10 below the mark: 660 − 650 on 10 contracts each.
    expect(plan()?.transfers).toEqual([
      { accountId: '2', quantity: '10', price: '650', realizedPnl: '1500', haircut: '100' },
      { accountId: '5', quantity: '10', price: '650', realizedPnl: '1300', haircut: '100' },
    ]);
    expect(plan()).toMatchObject({ settlementPrice: '650', residualQuantity: '0', budget: '200', taken: '200', overshoot: '0' });
  });

  it('says which policies made the plan', () => {
    expect(plan()?.policy).toEqual({ ranking: 'PROFIT_TIMES_LEVERAGE', allocation: 'QUEUE', settlementPrice: 'BANKRUPTCY' });
  });
});

describe('adl deleverage', () => {
  it('prints one document a book with exactly the keys of the contract, and nothing on stderr', () => {
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(documents).toHaveLength(4);
    expect([...documents, ineligible].flatMap((document) => shapeFaults(document, DELEVERAGING))).toEqual([]);
  });

  it('lets residuals share one queue: each goes on where the one before stopped, and what is left over is shown', () => {
    const given = plansOf(documents[1]).map(({ transfers, residualQuantity }) => [
      ...transfers.map(({ accountId, quantity }) => `${accountId}: ${quantity}`),
      `residual: ${residualQuantity}`,
    ]);
    expect(given).toEqual([
      ['2: 10', '5: 10', 'residual: 0'],
      ['5: 10', '4: 20', 'residual: 0'],
      ['4: 10', '1: 10', '6: 10', '3: 20', 'residual: 10'],
    ]);
  });

  it('gives negative haircuts to counterparties that receive, and counts only positive ones as taken', () => {
    const [, , above] = plansOf(documents[1]);
    expect(above?.transfers.map(({ haircut }) => haircut)).toEqual(['-100', '-100', '-100', '-200']);
    expect(above).toMatchObject({ budget: '0', taken: '0', overshoot: '0' });
  });

  it('prints no plan for a book without residuals', () => {
    expect(plansOf(documents[2])).toEqual([]);
  });

  it('leaves the whole residual where nobody is on the other side', () => {
    expect(plansOf(documents[3])).toMatchObject([{ ranking: [], transfers: [], residualQuantity: '20', budget: '0' }]);
  });

  it('lists after the eligible those who may not be asked, each with its reason and indicator 0', () => {
    const [plan] = plansOf(ineligible);
    const [first, ...others] = plan?.ranking ?? [];
    expect(first).toMatchObject({ accountId: 'eligible', eligible: true, reason: null, indicator: 1 });
    expect(others.every(({ eligible, indicator }) => !eligible && indicator === 0)).toBe(true);
    expect(Object.fromEntries(others.map(({ accountId, reason }) => [accountId, reason]))).toEqual({
      owner: 'SAME_ACCOUNT',
      maker: 'EXCLUDED_TAG',
      loser: 'NO_PROFIT',
      insolvent: 'INSOLVENT',
      liquidated: 'IN_LIQUIDATION',
    });
    expect(plan?.transfers).toMatchObject([{ accountId: 'eligible', quantity: '3' }]);
    expect(plan?.residualQuantity).toBe('2');
  });
});
