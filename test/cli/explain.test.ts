import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { edit } from '../support/rules-folder.ts';
import { documentOf, type Ended, linesOf, runAdl } from '../support/run-adl.ts';
import { crashFiles } from '../support/small-crash.ts';

const RECORD = join('out', 'crash.1-house@1.0.0.record.jsonl');
const GUARDED = join('out', 'crash.2-house-guarded@1.0.0.record.jsonl');
const CASE = 'small#ISOLATED#BTC-USDT#LONG#1';

const explained = z.object({
  id: z.string(),
  explanations: z.array(
    z.object({ decisionId: z.string(), kind: z.string(), recomputes: z.boolean(), rules: z.array(z.object({ outcome: z.string() })) }),
  ),
});

let folder: string;

const explain = (...given: readonly string[]): Promise<Ended> => runAdl(folder, 'explain', ...given, '--json');
const explanationsOf = (run: Ended) => explained.parse(documentOf(run)).explanations;
const kindsOf = (run: Ended): readonly string[] => explanationsOf(run).map(({ kind }) => kind);

/** A copy of a record in which one text was replaced where it first stands in a line with `within`. */
const tampered = (name: string, within: string, before: string | RegExp, after: string): string => {
  const file = join(folder, `${name}.jsonl`);
  const lines = readFileSync(join(folder, RECORD), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes(within));
  writeFileSync(file, lines[at] ?? '');
  edit(file, before, after);
  writeFileSync(file, lines.with(at, readFileSync(file, 'utf8')).join('\n'));
  return `${name}.jsonl`;
};

beforeAll(async () => {
  folder = folderWith(crashFiles());
  const run = await runAdl(folder, 'replay', 'scenario.json', '--against', 'house-guarded', '--report', 'out/crash.md', '--json');
  expect(run.code).toBe(0);
});

describe('adl explain', () => {
  it('makes every kind of decision of a replay again as it was recorded', async () => {
    const lines = [RECORD, GUARDED].flatMap((file) => linesOf(readFileSync(join(folder, file), 'utf8')).slice(1));
    const decisions = lines.map((line) => z.object({ kind: z.string(), decisionId: z.string() }).parse(JSON.parse(line)));
    const oneOfEach = [...Map.groupBy(decisions, ({ kind }) => kind)].map(
      ([kind, those]) => [kind, those.at(-1)?.decisionId ?? ''] as const,
    );
    expect(oneOfEach.map(([kind]) => kind).sort()).toEqual(['DELEVERAGING', 'MARGIN', 'MARK', 'OPENING', 'RANKING', 'SHORTFALL']);
    for (const [kind, decisionId] of oneOfEach) {
      const run = await explain(decisionId);
      expect([run.code, run.stderr]).toEqual([0, '']);
      expect(explanationsOf(run).every((each) => each.kind === kind && each.decisionId === decisionId && each.recomputes)).toBe(true);
    }
  });

  it.each([
    ['a stop', '"halts":true,"error":"the fills cost `0.1` more than the fund reserved"', true],
    ['an error that stops nothing', '"halts":false,"error":"the fills cost `0.1` more than the fund reserved"', false],
  ])('takes %s for what fills beyond the limit add to the rules: %s', async (claim, after, recomputes) => {
    const file = tampered(`beyond ${claim}`, `"SHORTFALL#${CASE}`, '"halts":false,"error":null', after);
    const [shortfall] = explanationsOf(await explain(CASE, '--from', file)).filter(({ kind }) => kind === 'SHORTFALL');
    expect(shortfall?.recomputes).toBe(recomputes);
  });

  it('tells a case from the evaluation that opened it to the deleveraging that closed it', async () => {
    const run = await explain(CASE, '--from', RECORD);
    expect(kindsOf(run)).toEqual(['MARGIN', 'OPENING', 'SHORTFALL', 'DELEVERAGING']);
    expect(explanationsOf(run).every(({ recomputes }) => recomputes)).toBe(true);
  });

  it('tells an order from what it rests on: a liquidation order, and what a counterparty gave', async () => {
    expect(kindsOf(await explain(`${CASE}#BTC-USDT#LONG#1`, '--from', RECORD))).toEqual(['MARGIN', 'OPENING', 'SHORTFALL']);
    expect(kindsOf(await explain(`${CASE}#ADL#1`, '--from', RECORD))).toEqual(['DELEVERAGING']);
  });

  it('tells a pool all that was decided about it, its part in the deleveraging of others included', async () => {
    const run = await explain('short2#CROSS#USDT', '--from', RECORD);
    expect([...new Set(kindsOf(run))].sort()).toEqual(['DELEVERAGING', 'MARGIN']);
    expect(explanationsOf(run).every(({ recomputes }) => recomputes)).toBe(true);
  });

  it('looks by default into all records of the newest replay', async () => {
    expect(kindsOf(await explain(CASE)).filter((kind) => kind === 'OPENING')).toHaveLength(2);
  });

  it('says rule by rule which comparison held', async () => {
    const { stdout } = await runAdl(folder, 'explain', CASE, '--from', RECORD);
    expect(stdout).toContain('  rule reduce-to-tier: SILENT\n    FAILS   ALL\n      HOLDS   marginExcess (-2542.4) decimalLessThan 0\n');
    expect(stdout).toContain('      FAILS   tierIndex (0) decimalGreaterThan 0\n  rule liquidate: FIRED\n');
    expect(stdout).toContain('recomputed from the record: the same');
  });

  it.each([
    [
      'a mark',
      '"kind":"MARGIN","decisionId":"MARGIN#small#ISOLATED#BTC-USDT#LONG#BTC-USDT#7"',
      '"marks":{"BTC-USDT":"89000"}',
      '"marks":{"BTC-USDT":"99000"}',
    ],
    [
      'a verdict',
      '"kind":"MARGIN","decisionId":"MARGIN#small#ISOLATED#BTC-USDT#LONG#BTC-USDT#7"',
      '"outcome":"FIRED"',
      '"outcome":"SILENT"',
    ],
    ['a shortfall', `"kind":"SHORTFALL","decisionId":"SHORTFALL#${CASE}`, /"shortfall":"[1-9][^"]*"/, '"shortfall":"0"'],
    ['a limit price', '"kind":"OPENING","decisionId":"OPENING#small', /"limitPrice":"\d+/, '"limitPrice":"1'],
    [
      'what a counterparty gave',
      `"kind":"DELEVERAGING","decisionId":"DELEVERAGING#${CASE}`,
      '"accountId":"short2","poolId":"short2',
      '"accountId":"short1","poolId":"short1',
    ],
    ['a haircut', `"kind":"DELEVERAGING","decisionId":"DELEVERAGING#${CASE}`, /"haircut":"\d/, '"haircut":"9'],
  ])('ends with 1 when %s in the record was changed', async (what, within, before, after) => {
    const run = await explain(CASE, '--from', tampered(what.replaceAll(' ', '-'), within, before, after));
    expect(run.code).toBe(1);
    expect(explanationsOf(run).some(({ recomputes }) => !recomputes)).toBe(true);
  });

  it('refuses a record whose law is not the one it names', async () => {
    const file = tampered('law', '"kind":"RECORD"', '"decimalLessThan","value":"0"', '"decimalLessThan","value":"1"');
    const run = await explain(CASE, '--from', file);
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(/^adl: law\.jsonl:1: the law is not the one with hash `sha256:[0-9a-f]{64}`\n$/);
  });

  it.each([
    ['an unknown id', ['nobody#CROSS#USDT'], /^adl: nobody#CROSS#USDT: expected the id of a decision, case, order or pool in /],
    ['an order that was never sent', [`${CASE}#BTC-USDT#SHORT#1`], /^adl: small#.*: expected the id of a decision/],
    ['a record that is none', [CASE, '--from', 'book.json'], /^adl: book\.json:1: expected /],
    [
      'a broken line',
      ['large#CROSS#USDT#1', '--from', 'cut.jsonl'],
      /^adl: cut\.jsonl:\d+: expected a line of JSON from a decision record$/,
    ],
  ])('ends with 2 and one line for %s', async (_, given, message) => {
    cpSync(join(folder, RECORD), join(folder, 'cut.jsonl'));
    edit(join(folder, 'cut.jsonl'), /"overshoot".*\n$/, '');
    const run = await explain(...given);
    expect([run.code, run.stdout, linesOf(run.stderr).length]).toEqual([2, '', 1]);
    expect(run.stderr.trimEnd()).toMatch(message);
  });

  it('says that there is no replay yet, or that its note is broken', async () => {
    const fresh = folderWith({});
    const broken = folderWith({ '.adl/newest-replay.json': '{ "records": [' });
    expect(await runAdl(fresh, 'explain', CASE)).toMatchObject({ code: 2, stderr: expect.stringContaining('run `adl replay` first') });
    expect(await runAdl(broken, 'explain', CASE)).toMatchObject({ code: 2, stderr: expect.stringContaining('run `adl replay` again') });
  });
});
