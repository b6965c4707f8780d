import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPLAY } from '../support/contract-shapes.ts';
import { shapeFaults } from '../support/document-shape.ts';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { folderWith } from '../support/folder.ts';
import { documentOf, runAdlAlone } from '../support/run-adl.ts';
import { crashFiles } from '../support/small-crash.ts';

const countsOf = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document, (key, value) => (key === 'timings' ? undefined : value)));

const temporaryStacks = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('adl-stack-'));

describe('adl replay --stack local', () => {
  it.skipIf(!hasEmbeddedTables)('prints the document that a replay in process prints, and leaves no tables behind', async () => {
    const folder = folderWith(crashFiles());
    const before = temporaryStacks();
    const onStack = await runAdlAlone(folder, 'replay', 'scenario.json', '--stack', 'local', '--json');
    expect(onStack.code).toBe(0);
    expect(shapeFaults(documentOf(onStack), REPLAY)).toEqual([]);
    expect(countsOf(documentOf(onStack))).toEqual(countsOf(documentOf(await runAdlAlone(folder, 'replay', 'scenario.json', '--json'))));
    expect(temporaryStacks().filter((name) => !before.includes(name))).toEqual([]);
  });

  it.skipIf(!hasEmbeddedTables)('keeps the tables of each rule set where it is told to, and has nothing to do the next time', async () => {
    const folder = folderWith(crashFiles());
    const given = ['replay', 'scenario.json', '--against', 'house-guarded', '--stack', 'local', '--data', 'kept', '--json'];
    const first = await runAdlAlone(folder, ...given);
    expect(first.code).toBe(0);
    expect(readdirSync(join(folder, 'kept'))).toEqual(['1-house@1.0.0', '2-house-guarded@1.0.0']);
    expect(countsOf(documentOf(await runAdlAlone(folder, ...given)))).toEqual(countsOf(documentOf(first)));
    const other = await runAdlAlone(
      folder,
      'replay',
      'scenario.json',
      '--stack',
      'local',
      '--rules',
      'house-guarded',
      '--data',
      'kept/1-house@1.0.0',
    );
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toMatch(/^adl: kept\/1-house@1\.0\.0: holds a replay of `small-crash` under `house@1\.0\.0`, not .*\n$/);
  });

  it('wants the stack where tables are to be kept', async () => {
    const run = await runAdlAlone(folderWith(crashFiles()), 'replay', 'scenario.json', '--data', 'kept');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toBe('adl: --data: names where the tables of `--stack local` are kept: a replay in this process has none\n');
  });
});
