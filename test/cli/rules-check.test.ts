import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import { versionFolders } from '#local/version-folders.ts';
import { folderWith } from '../support/folder.ts';
import { crossPair, sixAccounts } from '../support/published-books.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { documentOf, linesOf, runAdl } from '../support/run-adl.ts';
import { crashFiles } from '../support/small-crash.ts';

const place = { file: z.string(), line: z.number(), column: z.number(), path: z.string(), message: z.string() };

const checked = z.strictObject({
  folders: z.array(
    z.strictObject({
      folder: z.string(),
      ruleSet: z.object({ id: z.string(), version: z.string(), hash: z.string() }).nullable(),
      findings: z.array(
        z.strictObject({ ...place, severity: z.enum(['ERROR', 'WARNING']), code: z.string(), effect: z.string(), mend: z.string() }),
      ),
      faults: z.array(z.strictObject(place)),
    }),
  ),
});

let folder: string;

beforeAll(() => {
  folder = folderWith({ ...crashFiles(), 'six.json': sixAccounts() });
  copyRules(folder, 'house', 'clean');
  edit(join(copyRules(folder, 'house', 'broken'), 'margin.rules.json'), '"decimalLessThan"', '"lessThan"');
  rmSync(join(copyRules(folder, 'house', 'partial'), 'safeguards.json'));
  edit(
    join(copyRules(folder, 'house', 'warned'), 'deleveraging.json'),
    '"pnlRatio": 1, "effectiveLeverage": 1',
    '"pnlRatio": 0, "effectiveLeverage": 0',
  );
  copyRules(folder, 'house', 'tree/house/1.0.0');
  copyRules(folder, 'house', 'tree/house/1.10.0');
  copyRules(folder, 'house-guarded', 'tree/house/1.9.0');
  copyRules(folder, 'house', 'tree/ours/draft');
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'file'), '');
});

describe('adl rules check', () => {
  it('finds all rules that the project ships in order, from wherever it is run', async () => {
    const run = await runAdl(folder, 'rules', 'check', '--json');
    expect([run.code, run.stderr]).toEqual([0, '']);
    const { folders } = checked.parse(documentOf(run));
    expect(folders.map(({ ruleSet, findings }) => [ruleSet?.id, ruleSet?.version, findings.length])).toEqual(
      versionFolders(RULES_ROOT).map(({ id, version }) => [id, version, 0]),
    );
    expect(folders.map(({ ruleSet }) => ruleSet?.id)).toEqual(expect.arrayContaining(['house', 'house-guarded']));
  });

  it('says of a clean folder that it is in order, with its hash', async () => {
    const { code, stdout } = await runAdl(folder, 'rules', 'check', 'clean');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^clean: house@1\.0\.0 is in order \(sha256:[0-9a-f]{64}\)\n$/);
  });

  it('names the line of each finding, what it would cost and how to mend it, counts them, and ends with 1', async () => {
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'check', 'clean', 'broken', 'partial');
    const [clean, finding, effect, mend, count, missing] = linesOf(stdout);
    expect([code, stderr]).toEqual([1, '']);
    expect(clean).toMatch(/^clean: /);
    expect(finding).toMatch(
      /^broken\/margin\.rules\.json:10:\d+ \$\.rules\[0\]\.conditions\.all\[0\]\.operator: error: expected .*decimalLessThan.* \[unknown-operator\]$/,
    );
    expect(effect).toMatch(/^ {4}effect: .*`REDUCE_TO_TIER` would never happen/);
    expect(mend).toBe('    mend: write "decimalLessThan"');
    expect(count).toBe('broken: 1 error');
    expect(missing).toBe('partial/safeguards.json:1:1 $: error: file is missing [missing-file]');
    expect(linesOf(stdout).slice(-2)).toEqual(['partial: 1 error', '2 errors in 3 folders']);
  });

  it('ends with 0 when it has warnings only, and tells them apart', async () => {
    const { code, stdout } = await runAdl(folder, 'rules', 'check', 'warned');
    expect(code).toBe(0);
    expect(linesOf(stdout)[0]).toMatch(/^warned\/deleveraging\.json:3:\d+ \$\.ranking\.weights: warning: .* \[ranking-constant\]$/);
    expect(linesOf(stdout).at(-1)).toMatch(
      /^warned: house@1\.0\.0 is in order \(sha256:[0-9a-f]{64}\), 1 warning; not the content released/,
    );
  });

  it('checks every version below a folder: of a tree of rule sets, in the order of its numbers, and a misnamed one too', async () => {
    const { folders } = checked.parse(documentOf(await runAdl(folder, 'rules', 'check', 'tree', '--json')));
    expect(folders.map((each) => each.folder)).toEqual(
      ['house/1.0.0', 'house/1.9.0', 'house/1.10.0', 'ours/draft'].map((name) => `tree/${name}`),
    );
    const ofOne = checked.parse(documentOf(await runAdl(folder, 'rules', 'check', 'tree/house', '--json'))).folders;
    expect(ofOne.map((each) => each.folder)).toEqual(['1.0.0', '1.9.0', '1.10.0'].map((name) => `tree/house/${name}`));
  });

  it('lists every finding in the document, and as faults what other commands say of the errors', async () => {
    const run = await runAdl(folder, 'rules', 'check', 'broken', 'empty', 'warned', '--format', 'json');
    const [broken, empty, warned] = checked.parse(documentOf(run)).folders;
    expect(run.code).toBe(1);
    expect(broken).toMatchObject({ ruleSet: null, faults: [{ file: 'broken/margin.rules.json', line: 10 }] });
    expect(broken?.findings).toMatchObject([{ ...broken?.faults[0], severity: 'ERROR', code: 'unknown-operator' }]);
    expect(empty?.findings.map(({ code }) => code)).toEqual(Array(7).fill('missing-file'));
    expect(warned).toMatchObject({ ruleSet: { id: 'house' }, faults: [], findings: [{ severity: 'WARNING' }] });
  });

  it.each(['missing', 'file'])('ends with 2 when it cannot read the folder `%s`', async (name) => {
    const run = await runAdl(folder, 'rules', 'check', 'broken', name);
    expect(run).toEqual({ code: 2, stdout: '', stderr: `adl: ${name}: expected a folder with the files of a rule set\n` });
  });

  it.each([
    [['--format', 'xml'], 'allowed choices are text, json, github, sarif'],
    [['--json', '--format', 'sarif'], 'cannot be used with'],
  ])('ends with 2 for %j', async (options, message) => {
    const { code, stdout, stderr } = await runAdl(folder, 'rules', 'check', 'clean', ...options);
    expect([code, stdout, linesOf(stderr).length]).toEqual([2, '', 1]);
    expect(stderr).toContain(message);
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
