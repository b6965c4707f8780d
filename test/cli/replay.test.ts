import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REPLAY, REPLAYS } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { contentsOf, folderWith } from '../support/folder.ts';
import { documentOf, type Ended, runAdl } from '../support/run-adl.ts';
import { crashBook, crashFiles, crashScenario, LOW_MS } from '../support/small-crash.ts';

const replaySchema = z.looseObject({
  scenario: z.string(),
  ruleSet: z.object({ id: z.string(), version: z.string() }),
  marks: z.number(),
  totals: z.looseObject({
    breaches: z.number(),
    liquidationOrders: z.number(),
    marketFills: z.number(),
    marketFilledQuantity: z.string(),
    deleveragingFills: z.number(),
    fundPaid: z.string(),
    fundBalance: z.string(),
    residualQuantity: z.string(),
  }),
  markets: z.record(z.string(), z.looseObject({ breaches: z.number(), marketFilledQuantity: z.string() })),
  conserved: z.boolean(),
  violations: z.array(z.string()),
  timings: z.unknown(),
  report: z.string(),
});

type Replay = z.infer<typeof replaySchema>;

const replayOf = (run: Ended): Replay => replaySchema.parse(documentOf(run));
const runsOf = (run: Ended): readonly Replay[] => z.object({ runs: z.array(replaySchema) }).parse(documentOf(run)).runs;
const withoutTimings = ({ timings, ...rest }: Replay) => rest;

const withScenario = (changes: Readonly<Record<string, unknown>>) => ({
  ...crashFiles(),
  'scenario.json': { ...crashScenario(), ...changes },
});
const withBook = (changes: Readonly<Record<string, unknown>>) => ({ ...crashFiles(), 'book.json': { ...crashBook(), ...changes } });

const replay = (files: Parameters<typeof folderWith>[0], ...given: readonly string[]) =>
  runAdl(folderWith(files), 'replay', 'scenario.json', '--json', ...given);

let folders: readonly string[];
let both: readonly Ended[];
let one: Ended;

beforeAll(async () => {
  folders = [folderWith(crashFiles()), folderWith(crashFiles())];
  const given = ['replay', 'scenario.json', '--against', 'house-guarded@1.0.0', '--against', 'house', '--report', 'out/crash.md', '--json'];
  both = [await runAdl(folders[0] ?? '', ...given), await runAdl(folders[1] ?? '', ...given)];
  one = await replay(crashFiles());
});

describe('adl replay', () => {
  it('prints one document with exactly the keys of the contract', () => {
    expect(one.code).toBe(0);
    expect(shapeFaults(documentOf(one), REPLAY)).toEqual([]);
    expect(replayOf(one)).toMatchObject({ scenario: 'small-crash', marks: 16, conserved: true, violations: [] });
    expect(Object.keys(replayOf(one).markets)).toEqual(['BTC-USDT', 'ETH-USDT']);
  });

  it('counts a case once in the totals and once in each market that it holds at opening', () => {
    const { totals, markets } = replayOf(one);
    expect(totals.breaches).toBe(3);
    expect([markets['BTC-USDT']?.breaches, markets['ETH-USDT']?.breaches]).toEqual([3, 1]);
  });

  it('puts the runs of several rule sets into one document, in the order of the arguments', () => {
    const [first] = both;
    expect(first?.code).toBe(0);
    expect(first === undefined ? [] : shapeFaults(documentOf(first), REPLAYS)).toEqual([]);
    const runs = first === undefined ? [] : runsOf(first);
    expect(runs.map(({ ruleSet }) => ruleSet.id)).toEqual(['house', 'house-guarded', 'house']);
    expect(runs[0] && withoutTimings(runs[0])).toEqual(runs[2] && withoutTimings(runs[2]));
    expect(runs[0]?.totals).not.toEqual(runs[1]?.totals);
  });

  it('writes the report where it was told to, the records beside it, and remembers them as the newest', () => {
    const files = contentsOf(folders[0] ?? '');
    const written = Object.keys(files).filter((name) => !(name in crashFiles()) && !name.endsWith('/'));
    expect(written).toEqual([
      join('.adl', 'newest-replay.json'),
      join('out', 'crash.1-house@1.0.0.record.jsonl'),
      join('out', 'crash.2-house-guarded@1.0.0.record.jsonl'),
      join('out', 'crash.3-house@1.0.0.record.jsonl'),
      join('out', 'crash.md'),
    ]);
    expect(runsOf(both[0] ?? one).map(({ report }) => report)).toEqual(Array(3).fill('out/crash.md'));
    expect(files[join('out', 'crash.md')]).toContain('# Replay of small-crash');
  });

  it('gives the same document but for the timings, and the same files to the byte, when it is run again', () => {
    const [first, second] = both.map((run) => runsOf(run).map(withoutTimings));
    expect(first).toEqual(second);
    expect(contentsOf(folders[0] ?? '')).toEqual(contentsOf(folders[1] ?? ''));
  });

  it('gives the same result for accounts in another order', async () => {
    const reversed = await replay(withBook({ accounts: crashBook().accounts.toReversed() }));
    expect(withoutTimings(replayOf(reversed))).toEqual(withoutTimings(replayOf(one)));
  });

  it('ends with 0 also when a residual finds nobody, and reports it', async () => {
    const lonely = await replay(withBook({ accounts: crashBook().accounts.slice(0, 1), insuranceFunds: [] }));
    expect(lonely.code).toBe(0);
    expect(replayOf(lonely)).toMatchObject({ conserved: true, totals: { breaches: 1, deleveragingFills: 0, residualQuantity: '0.4' } });
  });

  it('fills at most the depth of a market at a mark, and everything without one', async () => {
    const fund = { insuranceFunds: [{ fundId: 'usdt', asset: 'USDT', balance: '1000000' }] };
    const deep = await replay({ ...withBook(fund), 'scenario.json': { ...crashScenario(), venue: {} } });
    const shallow = await replay(withBook(fund));
    // All of `small` and `large`, and of `stepper` what leads it down a tier.
    expect(replayOf(deep)).toMatchObject({ totals: { deleveragingFills: 0 }, markets: { 'BTC-USDT': { marketFilledQuantity: '5.839' } } });
    // 1 at the low. Whoever it left is deleveraged; at the last mark `stepper` is well again, so nothing more is sold.
    expect(replayOf(shallow).markets['BTC-USDT']?.marketFilledQuantity).toBe('1');
  });

  it('halts a market by an event: nothing is ordered there until it resumes', async () => {
    const halt = { atMs: LOW_MS, marketId: 'BTC-USDT', status: 'HALTED' };
    const halted = await replay(withScenario({ events: [halt] }));
    const resumed = await replay(withScenario({ events: [halt, { ...halt, atMs: LOW_MS + 15_000, status: 'ACTIVE' }] }));
    expect(replayOf(halted)).toMatchObject({ conserved: true, totals: { breaches: 0, liquidationOrders: 0 } });
    expect(replayOf(resumed).totals.breaches).toBeGreaterThan(0);
  });

  it('takes the rules of the option before those of the scenario', async () => {
    const guarded = withScenario({ ruleSet: 'house-guarded@1.0.0' });
    expect(replayOf(await replay(guarded)).ruleSet.id).toBe('house-guarded');
    expect(replayOf(await replay(guarded, '--rules', 'house')).ruleSet.id).toBe('house');
  });
});
