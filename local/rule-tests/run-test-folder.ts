import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput, badFile } from '../bad-input.ts';
import { readBytes, readFolder } from '../read-input.ts';
import { isFolder } from '../version-folders.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { parseRuleTests } from './parse-rule-tests.ts';
import type { RuleTestObservations, RuleTestResult } from './rule-test.ts';
import { runRuleTest, unrunTest } from './run-rule-test.ts';

/** The tests of one version's folder, run, and what they cover of its rules. */
export interface TestedFolder {
  readonly folder: string;
  readonly ruleSet: RuleSet;
  readonly results: readonly RuleTestResult[];
  readonly coverage: Coverage;
}

/** Where the tests of a version lie, below its folder. */
export const TESTS_FOLDER = 'tests';

/** The files of tests beside the rules of a folder, by name. Books that they name lie in folders of their own. */
const testFilesIn = (folder: string): readonly string[] => {
  const tests = join(folder, TESTS_FOLDER);
  if (lstatSync(tests, { throwIfNoEntry: false }) === undefined) return [];
  if (!isFolder(tests)) throw badFile(tests, 'expected a folder with tests');
  const names = readFolder(tests).filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && entry.name.endsWith('.json'));
  return names.map(({ name }) => join(tests, name)).sort();
};

const unread = (file: string, error: BadInput): RuleTestResult => {
  const { message } = error.fault;
  return unrunTest(file, '$', file, { file, line: 1, column: 1, path: '$', message });
};

const runFile = async (file: string, ruleSet: RuleSet): Promise<readonly RuleTestResult[]> => {
  const results: RuleTestResult[] = [];
  try {
    const tests = parseRuleTests(file, readBytes(file));
    if (!tests.ok) return [unrunTest(file, '$', file, tests.refusal)];
    for (const written of tests.value) results.push(await runRuleTest(written, ruleSet));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return [unread(file, error)];
  }
  return results;
};

/** All facts that several tests saw. */
const allObservations = (results: readonly RuleTestResult[]): RuleTestObservations => ({
  margin: results.flatMap(({ observations }) => observations.margin),
  shortfall: results.flatMap(({ observations }) => observations.shortfall),
});

/** Runs all tests beside the rules of a folder, in the order of their files' names. A file that cannot be used is one result with an error. */
export const runTestFolder = async (folder: string, ruleSet: RuleSet): Promise<TestedFolder> => {
  const results: RuleTestResult[] = [];
  for (const file of testFilesIn(folder)) results.push(...(await runFile(file, ruleSet)));
  return { folder, ruleSet, results, coverage: coverageOf(ruleSet, allObservations(results)) };
};
