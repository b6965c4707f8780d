import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { WINNER } from '../support/bankrupt-long.ts';
import { folderWith } from '../support/folder.ts';
import { copyRules, edit } from '../support/rules-folder.ts';
import { linesOf, runAdl } from '../support/run-adl.ts';
import { BAD, FAILING, FIRES, WRONG, withTests } from '../support/tested-rules.ts';

let folder: string;

beforeAll(() => {
  folder = folderWith({});
  withTests(folder, 'good', { 'one.json': FIRES });
  withTests(folder, 'untested', {});
  withTests(folder, 'failing', FAILING);
  withTests(folder, 'bad', BAD);
  edit(join(copyRules(folder, 'house', 'faulty'), 'margin.rules.json'), '"decimalLessThan"', '"lessThan"');
  withTests(folder, 'tree/mine/1.0.0', { 'one.json': FIRES });
  withTests(folder, 'tree/mine/1.1.0', { 'one.json': WRONG });
});

describe('adl rules test', () => {
  it('says in one line that all tests passed, and names what none tried', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'good');
    const [summary, ...gaps] = linesOf(run.stdout);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(summary).toBe('good: 1 test, 1 passed; rules 1/4 fire, 1/4 silent, conditions 2/5 decide: 30 %');
    expect(gaps).toContain('  shortfall rule absorb never fires');
    expect(gaps).toContain('  margin rule reduce-to-tier: marginExcess below 0 ($.rules[0].conditions.all[0]) never decides');
  });

  it('shows a failing test with its facts, every condition, and expected against got', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'failing');
    const lines = linesOf(run.stdout);
    expect([run.code, run.stderr]).toEqual([1, '']);
    expect(lines.slice(0, 6)).toEqual([
      'FAILED failing/tests/book.json: the winner is warned',
      '  $.expect.pools[0].state',
      '    expected "WARNED"',
      '    got      "SAFE"',
      `  margin facts of pool ${WINNER} at the marks of the book`,
      '    marginBalance      41',
    ]);
    const second = lines.indexOf('FAILED failing/tests/facts.json $.cases[1]: fires <at> "zero" & above');
    expect(lines.slice(second + 1)).toEqual([
      '  $.expect.verdicts[0].outcome',
      '    expected "FIRED"',
      '    got      "SILENT"',
      '  margin facts of the test',
      '    marginExcess  0',
      '    tierIndex     0',
      '    rule reduce-to-tier: SILENT',
      '      FAILS   ALL',
      '        FAILS   marginExcess (0) decimalLessThan 0',
      '        FAILS   tierIndex (0) decimalGreaterThan 0',
      '    rule liquidate: SILENT',
      '      FAILS   ALL',
      '        FAILS   marginExcess (0) decimalLessThan 0',
      expect.stringMatching(/^failing: 3 tests, 1 passed, 2 failed; rules /),
      ...lines.slice(second + 15),
    ]);
  });

  it('names a bad test by line, runs the others, and ends with 2', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'bad');
    const [name, message, summary] = linesOf(run.stdout);
    expect([run.code, name]).toEqual([2, 'ERROR bad/tests/bad.json: bad/tests/bad.json']);
    expect(message).toMatch(/^ {2}bad\/tests\/bad\.json:\d+:2 \$\.expects: unknown key `expects`$/);
    expect(summary).toMatch(/^bad: 2 tests, 1 passed, 1 could not be run; /);
  });

  it('ends with 2 and the first fault in one line where the rules are faulty, before any test', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'good', 'faulty');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(linesOf(run.stderr)).toEqual([expect.stringMatching(/^adl: faulty\/margin\.rules\.json:\d+ \$\.rules\[0\]\S+: expected /)]);
  });

  it('takes a tree of rule sets, and the versions of one', async () => {
    const [tree, one] = await Promise.all([runAdl(folder, 'rules', 'test', 'tree'), runAdl(folder, 'rules', 'test', 'tree/mine')]);
    expect([tree.code, tree.stdout]).toEqual([1, one.stdout]);
    expect(tree.stdout).toMatch(/^tree\/mine\/1\.0\.0: 1 test, 1 passed/);
    expect(tree.stdout).toMatch(/^tree\/mine\/1\.1\.0: 1 test, 0 passed, 1 failed/m);
  });

  it('without a folder runs what the project ships', async () => {
    const run = await runAdl(folder, 'rules', 'test');
    expect(run.stdout).toMatch(/rules\/house\/1\.0\.0: \d+ tests, /);
    expect(run.stdout).toMatch(/rules\/house-guarded\/1\.0\.0: /);
  });

  it.each([
    [['nowhere'], 2, /nowhere: expected a rule set such as/],
    [['good', '--coverage', '101'], 2, /--coverage: expected a percentage from 0 to 100, got `101`/],
    [['good', '--coverage', 'all'], 2, /--coverage: expected a percentage/],
    [['good', '--watch', '--json'], 2, /--watch: prints again and again/],
    [['good', '--junit', 'good'], 2, /good: expected a place where a file can be written/],
  ])('refuses %j in one line', async (given, code, message) => {
    const run = await runAdl(folder, 'rules', 'test', ...given);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(linesOf(run.stderr)).toEqual([expect.stringMatching(message)]);
  });
});

describe('--coverage', () => {
  it.each([
    ['30', 0],
    ['30.5', 1],
  ])('of %s percent ends with %i where 30 % are covered', async (percent, code) => {
    expect((await runAdl(folder, 'rules', 'test', 'good', '--coverage', percent)).code).toBe(code);
  });

  it('of a folder without tests is 0 percent, which it says', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'untested', '--coverage', '1');
    expect(run.code).toBe(1);
    expect(linesOf(run.stdout)[0]).toBe('untested: no tests; rules 0/4 fire, 0/4 silent, conditions 0/5 decide: 0 %');
    expect(linesOf(run.stdout).at(-1)).toBe('untested: coverage of 0 % is below 1 %');
  });
});

describe('--generate', () => {
  it('writes boundary tests that pass, once', async () => {
    withTests(folder, 'generated', {});
    const run = await runAdl(folder, 'rules', 'test', 'generated', '--generate');
    expect([run.code, linesOf(run.stderr)]).toEqual([
      0,
      [expect.stringMatching(/^generated\/tests\/boundaries\.generated\.json: \d+ boundary tests, written/)],
    ]);
    expect(run.stdout).toMatch(/^generated: \d+ tests, \d+ passed; .*: 100 %\n$/);
    const again = await runAdl(folder, 'rules', 'test', 'generated', '--generate');
    expect([again.stdout, again.stderr]).toEqual([run.stdout, expect.stringMatching(/as they were\n$/)]);
  });
});
