import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { BadInput, badFile } from '#local/bad-input.ts';
import { ruleTestsDocument } from '#local/documents/rule-tests-document.ts';
import { readText } from '#local/read-input.ts';
import { makeFolder } from '#local/replace-file.ts';
import { isPlaceForFile } from '#local/replay/report-places.ts';
import { stateOfFolders, untilChanged } from '#local/rule-tests/folder-changes.ts';
import { runTestFolder, type TestedFolder } from '#local/rule-tests/run-test-folder.ts';
import { testCounts } from '#local/rule-tests/test-counts.ts';
import { type FolderToTest, foldersToTest, namedFolders } from '#local/rule-tests/test-folders.ts';
import { writeBoundaries } from '#local/rule-tests/write-boundaries.ts';
import { EXIT } from '../../exit-codes.ts';
import { complain, note, say, sayJson } from '../../output.ts';
import { junitXml } from '../../print/junit.ts';
import { printTestedFolder } from '../../print/print-rule-tests.ts';
import { untilAsked } from '../../until-asked.ts';

interface TestOptions {
  readonly coverage?: string;
  readonly generate?: boolean;
  readonly watch?: boolean;
  readonly junit?: string;
  readonly json?: boolean;
}

const PERCENT = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d{1,6})?)$/;

const requiredCoverage = ({ coverage }: TestOptions): number | null => {
  if (coverage === undefined) return null;
  if (!PERCENT.test(coverage)) throw badFile('--coverage', `expected a percentage from 0 to 100, got \`${coverage}\``);
  return Number(coverage);
};

const generate = (folder: FolderToTest): void => {
  const { file, cases, outcome } = writeBoundaries(folder);
  if (outcome === 'NONE') note(`${folder.folder}: its rules have no boundary to test`);
  else note(`${file}: ${cases} boundary tests, ${outcome === 'WRITTEN' ? 'written: read them before you keep them' : 'as they were'}`);
};

/** Whether a file holds a text already; what is no file, such as a pipe, is not read. */
const isSameFile = (file: string, text: string): boolean =>
  statSync(file, { throwIfNoEntry: false })?.isFile() === true && readText(file) === text;

/** Equal bytes are not written again: beside watched rules that would be a change. */
const writeJunit = (file: string, text: string): void => {
  if (isSameFile(file, text)) return;
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text);
  } catch {
    throw badFile(file, 'expected a place where a file can be written');
  }
};

const sayTested = (tested: TestedFolder, required: number | null): void => {
  say(printTestedFolder(tested));
  const { percent } = tested.coverage;
  if (required !== null && percent < required) say(`${tested.folder}: coverage of ${percent} % is below ${required} %`);
};

const report = (tested: readonly TestedFolder[], required: number | null, options: TestOptions): void => {
  if (options.junit !== undefined) writeJunit(options.junit, junitXml(tested, required));
  if (options.json === true) sayJson(ruleTestsDocument(tested, required));
  else for (const each of tested) sayTested(each, required);
};

const exitOf = (tested: readonly TestedFolder[], required: number | null): number => {
  const counts = tested.map(testCounts);
  if (counts.some(({ errors }) => errors > 0)) return EXIT.badInput;
  const isBelow = required !== null && tested.some(({ coverage }) => coverage.percent < required);
  return isBelow || counts.some(({ failed }) => failed > 0) ? EXIT.failed : EXIT.done;
};

/** Checks all rules, then generates, then runs all tests: faulty rules stop the command before anything is written. */
const runOnce = async (folders: readonly string[], required: number | null, options: TestOptions): Promise<number> => {
  const toTest = foldersToTest(folders);
  if (options.generate === true) for (const each of toTest) generate(each);
  const tested: TestedFolder[] = [];
  for (const { folder, ruleSet } of toTest) tested.push(await runTestFolder(folder, ruleSet));
  report(tested, required, options);
  return exitOf(tested, required);
};

/** Runs again whenever a file below the folders was written; ends only by a signal. What is wrong meanwhile is said, and waited for. */
const watch = async (folders: readonly string[], required: number | null, options: TestOptions): Promise<never> => {
  const asked = untilAsked();
  for (;;) {
    const state = stateOfFolders(folders);
    try {
      await runOnce(folders, required, options);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      complain(error.message);
    }
    note('waiting for a change, Ctrl-C ends');
    await untilChanged(folders, state, asked);
  }
};

const test = async (given: readonly string[], options: TestOptions): Promise<void> => {
  const required = requiredCoverage(options);
  if (options.watch === true && options.json === true) throw badFile('--watch', 'prints again and again: `--json` is one document');
  if (options.junit !== undefined && !isPlaceForFile(options.junit)) {
    throw badFile(options.junit, 'expected a place where a file can be written');
  }
  const folders = namedFolders(given);
  if (options.watch === true) await watch(folders, required, options);
  process.exitCode = await runOnce(folders, required, options);
};

/** `adl rules test`: the tests beside the rules, and what they cover. Ends with 1 when one fails or too little is covered, 2 for a bad test or faulty rules. */
export const addTest = (rules: Command): void => {
  rules
    .command('test')
    .description('runs the tests beside rule sets and says what of the rules they cover; without an argument, those of `rules`')
    .argument('[folder...]', 'folders such as rules/house/1.0.0, or a tree of them')
    .option('--coverage <percent>', 'end with 1 when a folder’s tests cover less of its rules and conditions')
    .option('--generate', 'write tests/boundaries.generated.json: one case either side of every threshold, for review')
    .option('--watch', 'run again whenever a file of the folders is written')
    .option('--junit <file>', 'write the results as JUnit XML too')
    .option('--json', 'one JSON document on stdout')
    .action(test);
};
