import { beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { documentOf, linesOf, runAdlAlone, runShell } from '../support/run-adl.ts';
import { crashFiles } from '../support/small-crash.ts';

let folder: string;

beforeAll(() => {
  folder = folderWith(crashFiles());
});

/** What colours a text or moves a terminal's cursor: any control character but the line break. */
const CONTROL = /[^\P{Cc}\n]/u;

const FORMS: readonly (readonly string[])[] = [
  ['assess', 'book.json'],
  ['deleverage', 'book.json'],
  ['replay', 'scenario.json', '--against', 'house-guarded'],
  ['explain', 'small#ISOLATED#BTC-USDT#LONG#1'],
  ['rules', 'check'],
  ['rules', 'compare', 'house', 'house-guarded', '--book', 'book.json'],
  ['--help'],
];

describe('the streams of adl', () => {
  it.each(FORMS.map((given) => given.join(' ')))('carry no control sequence when nobody watches: adl %s', async (line) => {
    const { code, stdout, stderr } = await runAdlAlone(folder, ...line.split(' '));
    expect(code).toBe(0);
    expect(stdout).not.toMatch(CONTROL);
    expect(stderr).not.toMatch(CONTROL);
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('keep progress on stderr, a line at each quarter, and only the document on stdout', async () => {
    const run = await runAdlAlone(folder, 'replay', 'scenario.json', '--json');
    expect(documentOf(run)).toMatchObject({ scenario: 'small-crash' });
    expect(linesOf(run.stderr)).toEqual([4, 8, 12, 16].map((marks) => `house@1.0.0: ${marks} of 16 marks`));
  });

  it('print help and version on stdout and end with 0', async () => {
    const help = await runAdlAlone(folder, '--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['assess', 'deleverage', 'replay', 'explain', 'rules']) expect(help.stdout).toContain(`  ${command}`);
    expect(await runAdlAlone(folder, '--version')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('may be closed early by their reader: no trace, and the reader got its line', async () => {
    const books = Array(40).fill('book.json').join(' ');
    const { stdout, stderr } = await runShell(folder, `adl assess ${books} --json | head -n 1`);
    expect(linesOf(stdout)).toHaveLength(1);
    expect(stderr).toBe('');
  });

  it('may be closed early on stderr too', async () => {
    const missing = Array.from({ length: 40 }, (_, index) => `missing${index}.json`).join(' ');
    const { stdout } = await runShell(folder, `adl assess ${missing} 2>&1 | head -n 1`);
    expect(stdout).toBe('adl: missing0.json: no such file\n');
  });

  it('show a person the waterfalls side by side, where the report is, and whom to ask why', async () => {
    const { stdout } = await runAdlAlone(folder, 'replay', 'scenario.json', '--against', 'house-guarded');
    const [head = '', ...rows] = linesOf(stdout);
    expect(head).toMatch(/^ +house@1\.0\.0 +house-guarded@1\.0\.0$/);
    expect(rows.find((row) => row.startsWith('conserved'))).toMatch(/^conserved +true \(0 violations\) +true \(0 violations\)$/);
    expect(stdout).toContain('\nreport: .adl/reports/small-crash.md\n');
    expect(stdout).toMatch(/\nask why: npx adl explain '.+'\n$/);
  });

  it('show as many waterfalls side by side as there are rule sets, in the order of the arguments, long cells wrapped', async () => {
    const given = ['--rules', 'house-guarded', '--against', 'house', '--against', 'house-guarded@1.0.0'];
    const { stdout } = await runAdlAlone(folder, 'replay', 'scenario.json', ...given);
    const [head = '', ...rows] = linesOf(stdout);
    const guarded = 'house-guarded@1\\.0\\.0 sha256:[0-9a-f]{8}';
    expect(head).toMatch(new RegExp(`^ +${guarded} +house@1\\.0\\.0 +${guarded}$`));
    const figures = rows.map((row) => row.split(/ {2,}/));
    for (const name of ['fund paid', 'haircuts', 'pools still open', 'conserved'])
      expect(figures.find(([label]) => label === name)).toHaveLength(4);
    const [, first, second, third] = figures.find(([label]) => label === 'haircuts') ?? [];
    expect(first).toBe(third);
    expect(first).not.toBe(second);
    expect(rows.filter((row) => row.length > 40 + 3 * 38)).toEqual([]);
  });
});
