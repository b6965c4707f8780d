import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { folderWith } from '../support/folder.ts';
import { documentOf, runAdl } from '../support/run-adl.ts';
import { BAD, FAILING, withTests } from '../support/tested-rules.ts';
import { readXml } from '../support/xml.ts';

let folder: string;

beforeAll(() => {
  folder = folderWith({});
  withTests(folder, 'failing', FAILING);
  withTests(folder, 'bad', BAD);
});

const printed = z.object({
  coverageRequired: z.number().nullable(),
  folders: z.array(
    z.object({
      folder: z.string(),
      tests: z.number(),
      failed: z.number(),
      coverage: z.object({ percent: z.number(), gaps: z.array(z.string()) }),
      results: z.array(
        z.object({
          outcome: z.string(),
          failures: z.array(z.object({ path: z.string(), expected: z.string(), got: z.string() })),
          asked: z.array(
            z.object({
              of: z.string(),
              facts: z.record(z.string(), z.string()),
              rules: z.array(z.object({ rule: z.string(), outcome: z.string() })),
            }),
          ),
          error: z.object({ file: z.string(), line: z.number(), path: z.string() }).nullable(),
        }),
      ),
    }),
  ),
});

describe('--json', () => {
  it('is one document of all folders: outcomes, failures with facts and rules, errors with lines, coverage', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'failing', 'bad', '--json', '--coverage', '90');
    const { folders, coverageRequired } = printed.parse(documentOf(run));
    expect([run.code, run.stderr, coverageRequired]).toEqual([2, '', 90]);
    const [failing, bad] = folders;
    expect(failing?.results.map(({ outcome }) => outcome)).toEqual(['FAILED', 'PASSED', 'FAILED']);
    expect(failing?.results[0]?.asked[0]).toMatchObject({
      facts: { marginBalance: '41' },
      rules: [{ rule: 'reduce-to-tier' }, { rule: 'liquidate' }],
    });
    expect(failing?.results[1]?.asked).toEqual([]);
    expect(bad?.results[0]).toMatchObject({ outcome: 'ERROR', error: { path: '$.expects' } });
    expect(bad?.coverage.percent).toBe(30);
  });
});

describe('--junit', () => {
  it('writes a suite per folder with every test, failures and errors with their text, and the coverage', async () => {
    const run = await runAdl(folder, 'rules', 'test', 'failing', 'bad', '--junit', 'out/junit.xml', '--coverage', '100');
    expect(run.code).toBe(2);
    const { name, children } = readXml(readFileSync(join(folder, 'out/junit.xml'), 'utf8'));
    expect([name, children.map(({ attributes }) => attributes)]).toEqual([
      'testsuites',
      [
        { name: 'house@1.0.0', tests: '4', failures: '3', errors: '0' },
        { name: 'house@1.0.0', tests: '3', failures: '1', errors: '1' },
      ],
    ]);
    const [failing, bad] = children;
    expect(failing?.children.map(({ attributes }) => attributes)).toEqual([
      { classname: 'failing/tests/book.json', name: 'the winner is warned' },
      { classname: 'failing/tests/facts.json $.cases[0]', name: 'fires below zero' },
      { classname: 'failing/tests/facts.json $.cases[1]', name: 'fires <at> "zero" & above' },
      { classname: 'failing', name: 'coverage of at least 100 %' },
    ]);
    const [failure] = failing?.children[2]?.children ?? [];
    expect(failure).toMatchObject({ name: 'failure', attributes: { type: 'expectation' } });
    expect(failure?.text).toContain('FAILS   marginExcess (0) decimalLessThan 0');
    expect(failing?.children[1]?.children).toEqual([]);
    expect(bad?.children[0]?.children[0]).toMatchObject({ name: 'error', attributes: { type: 'bad-input' } });
  });
});
