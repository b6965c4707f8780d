import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/one-liquidation', import.meta.url));

/** The rows of the page's tables: what a figure is called, and its result as a document would write it. */
const worked = new Map(
  readFileSync(join(EXAMPLE, 'README.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, figure, , result] = /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/.exec(line) ?? [];
      return figure === undefined || result === undefined ? [] : [[figure, result.replaceAll(',', '').replace('−', '-')] as const];
    }),
);

const toSix = (text: string | null | undefined): string => Number(Number(text).toFixed(6)).toString();

const assessment = z.object({
  pools: z.array(
    z.object({
      marginBalance: z.string(),
      maintenanceMargin: z.string(),
      marginExcess: z.string(),
      marginRatio: z.string().nullable(),
      state: z.string(),
      positions: z.array(z.record(z.string(), z.string().nullable())),
      decision: z.object({ kind: z.string(), orders: z.array(z.record(z.string(), z.string())) }),
    }),
  ),
});

const replay = z.object({ totals: z.record(z.string(), z.union([z.string(), z.number()])), conserved: z.boolean() });

let folder: string;

beforeAll(() => {
  folder = folderWith({});
});

describe('the example of one liquidation', () => {
  it('works by hand what adl assess prints', async () => {
    const { pools } = assessment.parse(documentOf(await runAdl(folder, 'assess', join(EXAMPLE, 'book.json'), '--json')));
    const [ann, bob] = pools;
    const position = ann?.positions[0];
    const figures = [
      ['notional value', position?.notionalValue],
      ['unrealized PnL', position?.unrealizedPnl],
      ['margin balance', ann?.marginBalance],
      ['maintenance margin', ann?.maintenanceMargin],
      ['margin excess', ann?.marginExcess],
      ['margin ratio', ann?.marginRatio],
      ['liquidation price', position?.liquidationPrice],
      ['bankruptcy price', position?.bankruptcyPrice],
      ['order limit', ann?.decision.orders[0]?.limitPrice],
    ] as const;
    expect(figures.map(([name, value]) => [name, toSix(value)])).toEqual(figures.map(([name]) => [name, worked.get(name)]));
    expect(ann).toMatchObject({ state: 'LIQUIDATABLE', decision: { kind: 'LIQUIDATE', orders: [{ side: 'SELL', quantity: '0.5' }] } });
    expect(bob).toMatchObject({ state: 'SAFE', decision: { kind: 'NONE' } });
  });

  it('prints the decision in words', async () => {
    const { stdout } = await runAdl(folder, 'assess', join(EXAMPLE, 'book.json'));
    expect(stdout).toContain(
      '\nann#ISOLATED#BTC-USDT#LONG  LIQUIDATABLE\n  margin balance 190 USDT, maintenance margin 191.96, excess -1.96, ratio 1.010316\n',
    );
    expect(stdout).toContain('\n  decision LIQUIDATE (fired: liquidate): SELL 0.5 BTC-USDT at 95600 or better\n');
    expect(stdout).toMatch(/\npools: 2 \(1 LIQUIDATABLE, 1 SAFE\)\n$/);
  });

  it('works by hand what adl replay prints when the market gaps', async () => {
    const { totals, conserved } = replay.parse(documentOf(await runAdl(folder, 'replay', join(EXAMPLE, 'scenario.json'), '--json')));
    const figures = [
      ['quantity the fund can pay for', totals.marketFilledQuantity],
      ['fund paid', totals.fundPaid],
      ['quantity deleveraged', totals.deleveragedQuantity],
      ['haircut', totals.haircuts],
      ['residual quantity', totals.residualQuantity],
    ] as const;
    expect(figures).toEqual(figures.map(([name]) => [name, worked.get(name)]));
    expect(conserved).toBe(true);
    expect((await runAdl(folder, 'explain', 'ann#ISOLATED#BTC-USDT#LONG#1')).code).toBe(0);
  });

  it('counts what the widest wave touched, one market as one', async () => {
    expect((await runAdl(folder, 'replay', join(EXAMPLE, 'scenario.json'))).stdout).toMatch(
      /widest wave .*: 2 accounts, 1 market, 79,780\.20 moved/,
    );
  });
});
