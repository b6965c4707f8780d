import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { RULE_FILES } from '#rule-sets/rule-files.ts';
import { folderWith } from '../support/folder.ts';
import { copyRules } from '../support/rules-folder.ts';
import { linesOf, runAdl } from '../support/run-adl.ts';

let folder: string;

/** Runs a command that has to refuse, and gives its one line. */
const refusal = async (...given: readonly string[]): Promise<string> => {
  const run = await runAdl(folder, 'rules', ...given);
  const [line = '', ...others] = linesOf(run.stderr);
  expect([run.code, run.stdout, others]).toEqual([2, '', []]);
  return line;
};

/** Puts a link where a file of the copy `mine` stood. */
const linkInstead = (file: string, target: string): void => {
  rmSync(join(folder, 'mine', file), { force: true, recursive: true });
  symlinkSync(target, join(folder, 'mine', file));
};

beforeEach(() => {
  folder = folderWith({});
  copyRules(folder, 'house', 'mine');
});

describe('what is no file where the law has one', () => {
  it.each([
    ['a link that leads back to itself', 'safeguards.json'],
    ['a link that leads nowhere', 'nothing.json'],
    ['a link to a good file', join('..', 'kept.json')],
  ])('%s is refused in one line: a version is what lies in its folder', async (_claim, target) => {
    writeFileSync(join(folder, 'kept.json'), readFileSync(join(folder, 'mine/safeguards.json')));
    linkInstead('safeguards.json', target);
    const line = 'adl: mine/safeguards.json: expected a file, got a link';
    expect(await refusal('check', 'mine')).toBe(line);
    expect(await refusal('new', 'venue', '1.0.0', '--from', 'mine')).toBe(line);
    expect(existsSync(join(folder, 'rules'))).toBe(false);
  });

  it('a folder is refused in one line', async () => {
    rmSync(join(folder, 'mine/safeguards.json'));
    mkdirSync(join(folder, 'mine/safeguards.json'));
    expect(await refusal('test', 'mine')).toBe('adl: mine/safeguards.json: expected a file, got a folder');
  });

  it('a device as a book is refused, which has no end', async () => {
    expect(await refusal('diff', 'mine', 'house', '--book', '/dev/zero')).toBe('adl: /dev/zero: expected a file, got a device');
  });
});

describe('tests that are links', () => {
  it('are run, or said not to be there: never passed over', async () => {
    symlinkSync('loop.json', join(folder, 'mine/tests/loop.json'));
    const run = await runAdl(folder, 'rules', 'test', 'mine');
    expect([run.code, linesOf(run.stdout).slice(0, 2)]).toEqual([
      2,
      ['ERROR mine/tests/loop.json: mine/tests/loop.json', '  mine/tests/loop.json:1:1 $: is a link that leads back to itself'],
    ]);
    linkInstead('tests', 'nowhere');
    expect(await refusal('test', 'mine')).toBe('adl: mine/tests: expected a folder with tests');
  });
});

describe('adl rules new in a folder without rules', () => {
  it('makes them there: nobody means to write into the engine', async () => {
    const run = await runAdl(folder, 'rules', 'new', 'venue', '1.0.0', '--from', 'mine');
    expect([run.code, linesOf(run.stdout)[0]]).toEqual([0, 'rules/venue/1.0.0: venue@1.0.0, a copy of mine']);
    expect(existsSync(join(folder, 'rules/schema/safeguards.schema.json'))).toBe(true);
  });

  it('names a faulty file of the copied folder where it stands, and writes nothing', async () => {
    writeFileSync(join(folder, 'mine/tests/wide.json'), new Uint8Array([0xff, 0xfe, 0x7b]));
    expect(await refusal('new', 'venue', '1.0.0', '--from', 'mine')).toBe('adl: mine/tests/wide.json: is not valid UTF-8');
    expect(existsSync(join(folder, 'rules/schema'))).toBe(false);
  });
});

describe('a lock that is a link to nowhere', () => {
  it('is no missing lock: every released version would pass', async () => {
    mkdirSync(join(folder, 'rules'));
    symlinkSync('released.lock.json', join(folder, 'rules/released.lock.json'));
    expect(await refusal('release', '--check')).toBe('adl: rules/released.lock.json: is a link that leads back to itself');
  });
});

describe('line ends of Windows', () => {
  it('are white space: the law and its hash are the same', async () => {
    for (const name of Object.keys(RULE_FILES)) {
      const file = join(folder, 'mine', name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    }
    const run = await runAdl(folder, 'rules', 'diff', 'house', 'mine', '--exit-code');
    expect([run.code, run.stderr]).toEqual([0, '']);
  });
});
