import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { FINDING_CODES } from '#rule-sets/finding-codes.ts';
import { folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';

/** One edit in each of the seven files, by file: what it changes, and the code it gives. */
const EDITS = {
  'deleveraging.json': ['"pnlRatio": 1', '"pnlRatio": 5', 'weight-out-of-bounds'],
  'insurance-fund.json': ['"floor": "0"', '"floor": 100.5', 'number-for-decimal'],
  'margin-tiers.json': ['"maintenanceAmount": "50"', '"maintenanceAmount": "51"', 'tier-amount'],
  'margin.rules.json': ['"decimalLessThan"', '"lessThan"', 'unknown-operator'],
  'rule-set.json': ['"markets"', '"market, 100%: all"', 'unknown-key'],
  'safeguards.json': ['"jumpBand": null', '"jumpBand": "1.5"', 'band-too-wide'],
  'shortfall.rules.json': ['"ORDER_ENDED"', '"ORDER_END"', 'unknown-choice'],
} as const;

const files = Object.entries(EDITS);

let folder: string;

/** A folder whose name is awkward in an address and in a workflow command. */
const NAME = 'ours, 100%: new';

beforeAll(() => {
  folder = folderWith({});
  const copy = copyRules(folder, 'house', NAME);
  for (const [name, [from, to]] of files) edit(join(copy, name), from, to);
});

/** Line of a file of the broken copy that holds the text. */
const lineOf = (name: string, text: string): number =>
  readFileSync(join(folder, NAME, name), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

const expected = files.flatMap(([name, [, to, code]]) => {
  const missing = name === 'rule-set.json' ? [{ name, line: () => 1, code: 'missing-key' }] : [];
  return [...missing, { name, line: () => lineOf(name, to), code }];
});

describe('adl rules check --format github', () => {
  it('prints one workflow command for each finding, which nothing in it can break', async () => {
    const { code, stdout } = await runAdl(folder, 'rules', 'check', NAME, '--format', 'github');
    const commands = linesOf(stdout).slice(0, -1);
    expect(code).toBe(1);
    expect(linesOf(stdout).at(-1)).toBe('7 errors, 1 warning in 1 folder');
    const read = commands.map((line) =>
      /^::(error|warning) file=([^,:]+),line=(\d+),col=\d+,title=adl rules check%3A ([a-z-]+)::(.+)$/.exec(line),
    );
    expect(read.map((match) => match?.slice(2, 5))).toEqual(
      expected.map(({ name, line, code: finding }) => [`ours%2C 100%25%3A new/${name}`, String(line()), finding]),
    );
    expect(read.map((match) => match?.[1])).toEqual(expected.map((each) => (each.code === 'band-too-wide' ? 'warning' : 'error')));
    expect(read.find((match) => match?.[4] === 'unknown-key')?.[5]).toContain('unknown key `market, 100%25: all`');
    for (const match of read) expect(match?.[5]).toMatch(/%0Aeffect: .+%0Amend: .+/);
  });
});

const text = z.strictObject({ text: z.string().min(1) });
const level = z.enum(['error', 'warning']);

/** The members of SARIF 2.1.0 that are used here: closed objects, so that a misspelt one is found. */
const sarif = z.strictObject({
  $schema: z.literal('https://json.schemastore.org/sarif-2.1.0.json'),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1),
          version: z.string().regex(/^\d+\.\d+\.\d+$/),
          rules: z.array(z.strictObject({ id: z.string(), shortDescription: text, defaultConfiguration: z.strictObject({ level }) })),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message: text,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string() }),
                region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
              }),
              logicalLocations: z.tuple([z.strictObject({ fullyQualifiedName: z.string(), kind: z.literal('member') })]),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

describe('adl rules check --format sarif', () => {
  const logOf = async (...folders: readonly string[]) => {
    const run = await runAdl(folder, 'rules', 'check', ...folders, '--format', 'sarif');
    return { code: run.code, run: sarif.parse(documentOf(run)).runs[0] };
  };

  it('prints a log of one run with every kind of finding as a rule', async () => {
    const { run } = await logOf(NAME);
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(FINDING_CODES));
  });

  it('has a result for each finding, at its line, under its rule, in a file that its relative address leads to', async () => {
    const { code, run } = await logOf(NAME);
    expect(code).toBe(1);
    const results = run.results.map(({ ruleId, level: severity, locations: [{ physicalLocation }] }) => [
      decodeURIComponent(physicalLocation.artifactLocation.uri),
      physicalLocation.region.startLine,
      ruleId,
      severity,
    ]);
    expect(results).toEqual(
      expected.map(({ name, line, code: finding }) => [
        `${NAME}/${name}`,
        line(),
        finding,
        finding === 'band-too-wide' ? 'warning' : 'error',
      ]),
    );
    for (const {
      ruleId,
      ruleIndex,
      locations: [{ physicalLocation }],
    } of run.results) {
      const { uri } = physicalLocation.artifactLocation;
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(uri).toMatch(/^(?:[\w.!~*'()-]|%[0-9A-F]{2}|\/)+$/);
      expect(existsSync(new URL(uri, `file://${folder}/`))).toBe(true);
    }
  });

  it('gives the whole address of a file that is not below the working folder, and no result for what is in order', async () => {
    const { run } = await logOf(join(folder, '..', 'nowhere', '..', folder.split('/').at(-1) ?? '', NAME));
    expect(run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^ours%2C/);
    const elsewhere = folderWith({});
    copyRules(elsewhere, 'house', 'house');
    renameSync(join(elsewhere, 'house', 'safeguards.json'), join(elsewhere, 'house', 'README.md'));
    const outside = await logOf(join(elsewhere, 'house'));
    expect(outside.run.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(`file://${elsewhere}/house/safeguards.json`);
    copyRules(folder, 'house', 'clean');
    expect((await logOf('clean')).run.results).toEqual([]);
  });
});

describe('a copy of house broken in its seven files', () => {
  it('passes once each edit is taken back', async () => {
    for (const [name, [from, to]] of files) edit(join(folder, NAME, name), to, from);
    const { code, stdout } = await runAdl(folder, 'rules', 'check', NAME);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/: house@1\.0\.0 is in order \(sha256:[0-9a-f]{64}\)\n$/)]);
  });
});
