import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { decisionsIn, readRecord } from '#local/explain/read-record.ts';
import { folderWith } from '../support/folder.ts';
import { copyRules } from '../support/rules-folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';
import { crashBook, crashFiles } from '../support/small-crash.ts';

type Changes = { readonly tiers?: object; readonly execution?: object };

const jsonIn = (file: string) => z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));

/** A copy of house that is named and reads its tiers or sends its orders otherwise. */
const lawIn = (folder: string, { tiers = {}, execution = {} }: Changes): void => {
  const rules = copyRules(folder, 'house', 'law');
  const change = (file: string, changed: (document: Record<string, unknown>) => object): void =>
    writeFileSync(join(rules, file), JSON.stringify(changed(jsonIn(join(rules, file)))));
  change('rule-set.json', (document) => ({ ...document, id: 'changed' }));
  change('margin-tiers.json', (document) => ({ ...document, ...tiers }));
  change('margin.rules.json', (document) => ({
    ...document,
    execution: { ...z.object({}).loose().parse(document.execution), ...execution },
  }));
};

const totals = z.object({ totals: z.record(z.string(), z.unknown()), conserved: z.boolean(), violations: z.array(z.unknown()) });

const FILLABLE = { limit: 'FILLABLE', fillable: { spreadToMaintenance: '1.5', bankruptcyAdjustment: '1' } };

describe('a crash under a law that', () => {
  it.each([
    ['takes margin from the entry', { tiers: { valuedAt: 'ENTRY' } }],
    ['counts boundaries up and the fee as margin', { tiers: { boundary: 'HIGHER_TIER', closingFee: 'IN_MAINTENANCE' } }],
    ['asks no closing fee', { tiers: { closingFee: 'NONE' } }],
    ['freezes the others', { execution: { crossBankruptcyPrice: 'OTHERS_FROZEN' } }],
    [
      'freezes the others and closes the largest first',
      { execution: { crossBankruptcyPrice: 'OTHERS_FROZEN', legs: { order: 'LARGEST_LOSS', atOnce: 'ALL' } } },
    ],
    ['sends fillable orders', { execution: FILLABLE }],
  ] as const)('%s conserves everything, and every decision recomputes from its record', async (_claim, changes) => {
    const folder = folderWith(crashFiles());
    lawIn(folder, changes);
    const run = await runAdl(folder, 'replay', 'scenario.json', '--rules', 'law', '--report', 'out/crash.md', '--json');
    expect([run.code, run.stderr.match(/error/i)]).toEqual([0, null]);
    const outcome = totals.parse(documentOf(run));
    expect([outcome.conserved, outcome.violations]).toEqual([true, []]);
    expect(Number(outcome.totals.breaches)).toBeGreaterThan(1);
    const [file = ''] = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.record.jsonl'));
    const record = readRecord(join(folder, 'out', file));
    const decisions = decisionsIn(record, '', () => true);
    expect(new Set(decisions.map(({ kind }) => kind)).size).toBeGreaterThan(3);
    for (const decision of decisions) expect((await explainDecision(record, decision)).recomputes, decision.decisionId).toBe(true);
  });
});

const assessed = z.object({
  pools: z.array(
    z.object({
      poolId: z.string(),
      marginBalance: z.string(),
      maintenanceMargin: z.string(),
      positions: z.array(z.object({ marketId: z.string(), initialMargin: z.string().nullable(), bankruptcyPrice: z.string().nullable() })),
    }),
  ),
});

const assessedUnder = async (changes: Changes, book: object) => {
  const folder = folderWith({ 'book.json': book });
  lawIn(folder, changes);
  const run = await runAdl(folder, 'assess', 'book.json', '--rules', 'law', '--json');
  expect(run.stderr).toBe('');
  const pools = assessed.parse(documentOf(run)).pools;
  return (poolId: string) => pools.find((pool) => pool.poolId === poolId);
};

describe('adl assess', () => {
  it('takes extra margin with the isolated one, and the margin of open orders off the balance', async () => {
    const book = crashBook();
    const accounts = book.accounts.map((account) => ({
      ...account,
      ...(account.accountId === 'large' ? { orderMargin: { USDT: '1000' } } : {}),
      positions: account.positions.map((position) => (account.accountId === 'small' ? { ...position, extraMargin: '500' } : position)),
    }));
    const pool = await assessedUnder({}, { ...book, accounts });
    expect(pool('small#ISOLATED#BTC-USDT#LONG')?.marginBalance).toBe('2500');
    expect(pool('large#CROSS#USDT')?.marginBalance).toBe('30000');
  });

  it('scales initial margin by the open interest that the book tells, and does not know it where it does not', async () => {
    const book = crashBook();
    const scales = { openInterestScales: { 'BTC-USDT': { lower: '0', upper: '200000' }, 'ETH-USDT': { lower: '0', upper: '200000' } } };
    const markets = book.markets.map((market) => (market.marketId === 'BTC-USDT' ? { ...market, openInterest: '2' } : market));
    const pool = await assessedUnder({ tiers: scales }, { ...book, markets });
    // Two contracts at 100,000 are the upper cap: 3 at 100,000 need all of it.
    expect(pool('large#CROSS#USDT')?.positions.map(({ initialMargin }) => initialMargin)).toEqual(['300000', null]);
  });

  it('prices each position of a cross pool alone where the law freezes the others', async () => {
    const pool = await assessedUnder({ execution: { crossBankruptcyPrice: 'OTHERS_FROZEN' } }, crashBook());
    // 31,000 are 10,333.33 for each of 3 bitcoin, and more than 5 ether are worth.
    const shown = pool('large#CROSS#USDT')?.positions.map(({ bankruptcyPrice }) => bankruptcyPrice && Number(bankruptcyPrice).toFixed(2));
    expect(shown).toEqual(['89666.67', null]);
  });
});
