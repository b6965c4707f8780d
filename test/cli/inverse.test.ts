import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { inverseBook, inverseFiles } from '../support/inverse-crash.ts';
import { documentOf, type Ended, linesOf, runAdl } from '../support/run-adl.ts';

const figures = z.record(z.string(), z.union([z.string(), z.number()]));
const replaySchema = z.object({
  totals: figures,
  markets: z.record(z.string(), figures),
  conserved: z.boolean(),
  violations: z.array(z.string()),
});
const priceOrNull = z.string().nullable();
const assessSchema = z.object({
  pools: z.array(
    z.object({
      poolId: z.string(),
      marginBalance: z.string(),
      state: z.string(),
      positions: z.array(
        z.object({
          marketId: z.string(),
          side: z.string(),
          notionalValue: z.string(),
          liquidationPrice: priceOrNull,
          bankruptcyPrice: priceOrNull,
        }),
      ),
    }),
  ),
});
const deleverageSchema = z.object({
  plans: z.array(
    z.object({
      settlementPrice: z.string(),
      transfers: z.array(z.object({ accountId: z.string(), quantity: z.string(), haircut: z.string() })),
    }),
  ),
});
const explained = z.object({ explanations: z.array(z.object({ kind: z.string(), recomputes: z.boolean() })) });

const RECORD = join('out', 'crash.1-house@1.0.0.record.jsonl');

let folder: string;
let replayed: Ended;

beforeAll(async () => {
  const residuals = [{ marketId: 'BTC-USD', side: 'LONG', quantity: '1000', bankruptcyPrice: '98000', accountId: 'gone' }];
  folder = folderWith({ ...inverseFiles(), 'residuals.json': { ...inverseBook(), residuals } });
  replayed = await runAdl(folder, 'replay', 'scenario.json', '--against', 'house-guarded', '--report', 'out/crash.md', '--json');
});

describe('a book of inverse contracts', () => {
  it('is assessed in its coin, and a short that owns what it sold has no price that ruins it', async () => {
    const run = await runAdl(folder, 'assess', 'book.json', '--json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    const pools = assessSchema.parse(documentOf(run)).pools;
    const pool = (poolId: string) => pools.find((each) => each.poolId === poolId);
    expect(pool('small#ISOLATED#BTC-USD#LONG')).toMatchObject({
      marginBalance: '0.15',
      // 300,000·(1 + 0.004 + 0.0005) / 3.15 and 300,000·1.0005 / 3.15
      positions: [
        { notionalValue: '3', liquidationPrice: '95666.66666666666666666666667', bankruptcyPrice: '95285.71428571428571428571429' },
      ],
    });
    expect(pool('dollar#CROSS#BTC')?.positions).toEqual([
      { marketId: 'BTC-USD', side: 'SHORT', notionalValue: '6', liquidationPrice: null, bankruptcyPrice: null },
    ]);
    expect(pool('mixed#CROSS#BTC')?.positions.map(({ marketId }) => marketId)).toEqual(['BTC-USD', 'ETH-BTC']);
    expect(pools.map(({ state }) => state)).toEqual(Array.from(pools, () => 'SAFE'));
  });

  it('is deleveraged at a haircut of side·multiplier·quantity·(1/settlementPrice − 1/mark)', async () => {
    const run = await runAdl(folder, 'deleverage', 'residuals.json', '--json');
    expect(run.code).toBe(0);
    const [plan] = deleverageSchema.parse(documentOf(run)).plans;
    // `short` sold at 101,000 and is in profit; −100·1,000·(1/98,000 − 1/100,000), in quanta.
    expect(plan?.settlementPrice).toBe('98000');
    expect(plan?.transfers.map(({ accountId, quantity }) => [accountId, quantity])).toEqual([['short', '1000']]);
    expect(Number(plan?.transfers[0]?.haircut)).toBeCloseTo(-0.020408163265, 11);
  });

  it('is replayed through a crash with fills, fund and deleveraging, and nothing is lost', () => {
    expect(replayed.code).toBe(0);
    const [house, guarded] = z.object({ runs: z.array(replaySchema) }).parse(documentOf(replayed)).runs;
    for (const run of [house, guarded]) expect([run?.conserved, run?.violations]).toEqual([true, []]);
    expect(house?.totals).toMatchObject({
      breaches: 4,
      marketFills: 2,
      deleveragingFills: 6,
      fundPaid: '0.049995542382',
      fundBalance: '0.000004457618',
      residualQuantity: '0',
      poolsOpen: 2,
    });
    // Both kinds of contracts were deleveraged; the linear leg belongs to a pool that an inverse one ruined.
    expect(house?.markets).toMatchObject({ 'BTC-USD': { deleveragedQuantity: '16825' }, 'ETH-BTC': { deleveragedQuantity: '20' } });
  });

  it('is explained: every decision of the replay is made again from its record', async () => {
    const decisions = linesOf(readFileSync(join(folder, RECORD), 'utf8'))
      .slice(1)
      .map((line) => z.object({ kind: z.string(), decisionId: z.string() }).parse(JSON.parse(line)));
    const oneOfEach = [...Map.groupBy(decisions, ({ kind }) => kind)].map(
      ([kind, those]) => [kind, those.at(-1)?.decisionId ?? ''] as const,
    );
    expect(oneOfEach.map(([kind]) => kind).sort()).toEqual(['DELEVERAGING', 'MARGIN', 'OPENING', 'RANKING', 'SHORTFALL']);
    for (const [kind, decisionId] of oneOfEach) {
      const run = await runAdl(folder, 'explain', decisionId, '--from', RECORD, '--json');
      expect(explained.parse(documentOf(run)).explanations).toEqual([{ kind, recomputes: true }]);
    }
  });
});
