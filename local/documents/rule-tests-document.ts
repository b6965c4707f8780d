import { failingFacts } from '../rule-tests/failing-facts.ts';
import type { RuleTestResult } from '../rule-tests/rule-test.ts';
import type { TestedFolder } from '../rule-tests/run-test-folder.ts';
import { coverageGaps, outcomeOf, testCounts } from '../rule-tests/test-counts.ts';

const resultDocument = ({ ruleSet }: TestedFolder, result: RuleTestResult) => ({
  file: result.file,
  path: result.path,
  name: result.name,
  outcome: outcomeOf(result),
  failures: result.failures.map(({ path, expected, got, because }) => ({ path, expected, got, because })),
  asked: failingFacts(ruleSet, result).shown,
  error: result.error,
});

const folderDocument = (tested: TestedFolder) => ({
  folder: tested.folder,
  ruleSet: tested.ruleSet.reference,
  ...testCounts(tested),
  coverage: { ...tested.coverage, gaps: coverageGaps(tested.coverage) },
  results: tested.results.map((result) => resultDocument(tested, result)),
});

/** The result of `adl rules test --json`. `coverageRequired`: percent that every folder has to reach; null where none was asked for. */
export const ruleTestsDocument = (folders: readonly TestedFolder[], coverageRequired: number | null) => ({
  coverageRequired,
  folders: folders.map(folderDocument),
});
