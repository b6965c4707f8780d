import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { crossPair, sixAccounts } from '../support/published-books.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';
import { crashFiles } from '../support/small-crash.ts';

const checked = z.object({
  folders: z.array(
    z.object({
      folder: z.string(),
      ruleSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }).nullable(),
      faults: z.array(z.object({ file: z.string(), line: z.number(), column: z.number(), path: z.string(), message: z.string() })),
    }),
  ),
});

let folder: string;

beforeAll(() => {
  folder = folderWith({ ...crashFiles(), 'six.json': sixAccounts() });
  copyRules(folder, 'house', 'clean');
  edit(join(copyRules(folder, 'house', 'broken'), 'margin.rules.json'), '"decimalLessThan"', '"lessThan"');
  rmSync(join(copyRules(folder, 'house', 'partial'), 'safeguards.json'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'file'), '');
});

describe('adl rules check', () => {
  it('finds all rules that the project ships in order, from wherever it is run', async () => {
    const run = await runAdl(folder, 'rules', 'check', '--json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    const { folders } = checked.parse(documentOf(run));
    expect(folders.map(({ ruleSet, faults }) => [ruleSet?.id, faults.length])).toEqual(
      expect.arrayContaining([
        ['house', 0],
        ['house-guarded', 0],
      ]),
    );
  });

  it('says of a clean folder that it is in order, with its hash', async () => {
    const { code, stdout } = await runAdl(folder, 'rules', 'check', 'clean');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^clean: house@1\.0\.0 is in order \(sha256:[0-9a-f]{64}\)\n$/);
  });

  it('names the line of each fault and ends with 1', async () => {
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'check', 'clean', 'broken', 'partial');
    const [clean, fault, count, missing] = linesOf(stdout);
    expect([code, stderr]).toEqual([1, '']);
    expect(clean).toMatch(/^clean: /);
    expect(fault).toMatch(/^broken\/margin\.rules\.json:10:\d+ \$\.rules\[0\]\.conditions\.all\[0\]\.operator: expected .*decimalLessThan/);
    expect(count).toBe('broken: 1 fault');
    expect(missing).toBe('partial/safeguards.json:1:1 $: file is missing');
  });

  it('lists every fault in the document', async () => {
    const run = await runAdl(folder, 'rules', 'check', 'broken', 'empty', '--json');
    const [broken, empty] = checked.parse(documentOf(run)).folders;
    expect(run.code).toBe(1);
    expect(broken).toMatchObject({ ruleSet: null, faults: [{ file: 'broken/margin.rules.json', line: 10 }] });
    expect(empty?.faults).toHaveLength(7);
  });

  it.each(['missing', 'file'])('ends with 2 when it cannot read the folder `%s`', async (name) => {
    const run = await runAdl(folder, 'rules', 'check', name);
    expect(run).toEqual({ code: 2, stdout: '', stderr: `adl: ${name}: expected a folder with the files of a rule set\n` });
  });
});

describe('broken rules given to another command', () => {
  it.each([
    ['assess', ['six.json']],
    ['deleverage', ['six.json']],
    ['replay', ['scenario.json']],
    ['replay', ['scenario.json', '--rules', 'clean', '--against']],
  ])('end adl %s %j with 2 and one line that names file, line and path', async (command, given) => {
    const rules = given.at(-1) === '--against' ? ['broken'] : ['--rules', 'broken'];
    const { code, stdout, stderr } = await runAdl(folder, command, ...given, ...rules);
    expect([code, stdout, linesOf(stderr).length]).toEqual([2, '', 1]);
    expect(stderr).toMatch(/^adl: broken\/margin\.rules\.json:10 \$\.rules\[0\]\.conditions\.all\[0\]\.operator: expected /);
  });

  it('are refused before the first book is read', async () => {
    const bare = folderWith({ 'book.json': crossPair() });
    copyRules(bare, 'house', 'partial');
    rmSync(join(bare, 'partial', 'safeguards.json'));
    expect((await runAdl(bare, 'assess', 'book.json', 'missing.json', '--rules', 'partial', '--json')).stderr).toBe(
      'adl: partial/safeguards.json:1 $: file is missing\n',
    );
  });
});
