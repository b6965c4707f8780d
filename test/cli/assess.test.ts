import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ASSESSMENT, BAD_BOOK } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { folderWith } from '../support/folder.ts';
import { mixedBook } from '../support/mixed-book.ts';
import { crossPair, isolatedPair } from '../support/published-books.ts';
import { type Ended, linesOf, runAdl } from '../support/run-adl.ts';

const assessment = z.object({
  ruleSet: z.object({ id: z.string(), version: z.string() }),
  pools: z.array(
    z.object({
      poolId: z.string(),
      marginRatio: z.string().nullable(),
      state: z.string(),
      positions: z.array(
        z.object({
          marketId: z.string(),
          side: z.string(),
          liquidationPrice: z.string().nullable(),
          bankruptcyPrice: z.string().nullable(),
        }),
      ),
      decision: z.object({
        kind: z.string(),
        orders: z.array(z.object({ side: z.string(), quantity: z.string(), limitPrice: z.string() })),
      }),
    }),
  ),
});

type Pool = z.infer<typeof assessment>['pools'][number];

let run: Ended;
let bad: Ended;
const documents: unknown[] = [];

const poolsOf = (document: unknown): readonly Pool[] => assessment.parse(document).pools;
const pricesOf = (document: unknown) =>
  poolsOf(document).flatMap(({ positions }) => positions.map((each) => [each.marketId, Number(each.liquidationPrice).toFixed(2)]));
const poolOf = (poolId: string) => poolsOf(documents[2]).find((pool) => pool.poolId === poolId);

beforeAll(async () => {
  const [{ markPrice, ...market }] = crossPair().markets;
  const unpriced = { ...crossPair(), markets: [market] };
  const folder = folderWith({
    'cross.json': crossPair(),
    'isolated.json': isolatedPair(),
    'mixed.json': mixedBook(),
    'bad.json': unpriced,
  });
  run = await runAdl(folder, 'assess', 'cross.json', 'isolated.json', 'mixed.json', '--json');
  bad = await runAdl(folder, 'assess', 'cross.json', 'bad.json', 'missing.json', 'mixed.json', '--rules', 'house@1.0.0', '--json');
  documents.push(...linesOf(run.stdout).map((line): unknown => JSON.parse(line)));
});

describe('adl assess', () => {
  it('gives the published liquidation prices of a cross pair', () => {
    expect(pricesOf(documents[0])).toEqual([
      ['BTC-USDT', '26316.89'],
      ['ETH-USDT', '1153.26'],
    ]);
  });

  it('gives the published liquidation prices of the same positions isolated', () => {
    expect(pricesOf(documents[1])).toEqual([
      ['ETH-USDT', '1114.78'],
      ['BTC-USDT', '18778.73'],
    ]);
  });

  it('warns on stderr, once a market, of a lowest tier with an amount, and of nothing else', () => {
    const lines = linesOf(run.stderr);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('adl: warning: cross.json $.markets[0].marginTiers[0].maintenanceAmount:');
    expect(lines[3]).toContain('isolated.json $.markets[1].marginTiers[0].maintenanceAmount');
  });

  it('prints one document a book with exactly the keys of the contract', () => {
    expect(run.code).toBe(0);
    expect(documents).toHaveLength(3);
    expect(documents.flatMap((document) => shapeFaults(document, ASSESSMENT))).toEqual([]);
    expect(documents.map((document) => assessment.parse(document).ruleSet)).toEqual(Array(3).fill({ id: 'house', version: '1.0.0' }));
  });

  it('prints prices that a division made with at least 12 significant digits', () => {
    const prices = documents
      .slice(0, 2)
      .flatMap((document) => poolsOf(document).flatMap((pool) => pool.positions.map((each) => each.liquidationPrice)));
    for (const price of prices) expect(price?.replace(/^0\.0*|\./g, '').length).toBeGreaterThanOrEqual(12);
  });

  it('lists pools by code units of their ids, isolated beside cross', () => {
    expect(poolsOf(documents[2]).map(({ poolId }) => poolId)).toEqual([
      'B-hedge#CROSS#USDT',
      'a-both#CROSS#USDT',
      'a-both#ISOLATED#ETH-USDT#LONG',
      'b-balance#CROSS#USDT',
      'insolvent#ISOLATED#BTC-USDT#LONG',
      'liquidatable#ISOLATED#BTC-USDT#SHORT',
    ]);
  });

  it('lists an account that has only a balance as SAFE with ratio 0', () => {
    expect(poolOf('b-balance#CROSS#USDT')).toMatchObject({
      state: 'SAFE',
      marginRatio: '0',
      positions: [],
      decision: { kind: 'NONE', orders: [] },
    });
  });

  it('calls a pool without a positive balance INSOLVENT, without a ratio, and closes it as far as the fund pays', () => {
    // 1,500 − 0.2 · 10,000 = −500, and 10 of fees: the fund of 1,000 covers a fill at the mark.
    expect(poolOf('insolvent#ISOLATED#BTC-USDT#LONG')).toMatchObject({
      state: 'INSOLVENT',
      marginRatio: null,
      decision: { kind: 'LIQUIDATE', orders: [{ side: 'SELL', quantity: '0.2', limitPrice: '100000' }] },
    });
  });

  it('buys back a liquidatable short on tick and lot', () => {
    // 120 − 0.1 · 1,000 = 20 of balance against 40 of maintenance and 5 of fees; bankrupt at (9,900 + 120) / (0.1 · 1.0005) = 100,149.9….
    expect(poolOf('liquidatable#ISOLATED#BTC-USDT#SHORT')).toMatchObject({
      state: 'LIQUIDATABLE',
      decision: { kind: 'LIQUIDATE', orders: [{ side: 'BUY', quantity: '0.1', limitPrice: '100149.9' }] },
    });
  });

  it('keeps both sides of a hedged market as positions of one pool with one liquidation price, where both move', () => {
    const positions = poolOf('B-hedge#CROSS#USDT')?.positions;
    expect(positions?.map(({ side }) => side)).toEqual(['LONG', 'SHORT']);
    expect(positions?.[0]?.liquidationPrice).toBe(positions?.[1]?.liquidationPrice);
  });
});

describe('adl assess over several books', () => {
  it('puts an error in the place of each bad book, goes on with the others and ends with 2', () => {
    const lines = linesOf(bad.stdout).map((line): unknown => JSON.parse(line));
    expect(bad.code).toBe(2);
    expect(lines.map((line) => shapeFaults(line, BAD_BOOK).length === 0)).toEqual([false, true, true, false]);
    expect(lines[1]).toMatchObject({ error: { file: 'bad.json', path: '$.markets[0].markPrice' } });
    expect(lines[2]).toEqual({ error: { file: 'missing.json', path: '$', message: 'no such file' } });
    expect([lines[0], lines[3]]).toEqual([documents[0], documents[2]]);
  });

  it('names each bad book in one line on stderr', () => {
    const complaints = linesOf(bad.stderr).filter((line) => !line.includes('warning'));
    expect(complaints).toHaveLength(2);
    expect(complaints[0]).toMatch(/^adl: bad\.json:\d+ \$\.markets\[0\]\.markPrice: expected /);
    expect(complaints[1]).toBe('adl: missing.json: no such file');
  });
});
