import type { Coverage, RuleCoverage } from './coverage.ts';
import type { RuleTestResult } from './rule-test.ts';
import type { TestedFolder } from './run-test-folder.ts';

export type TestOutcome = 'PASSED' | 'FAILED' | 'ERROR';

/** PASSED: all that was expected came. ERROR: the test could not be run. */
export const outcomeOf = ({ error, failures }: RuleTestResult): TestOutcome =>
  error !== null ? 'ERROR' : failures.length > 0 ? 'FAILED' : 'PASSED';

const countOf = (results: readonly RuleTestResult[], outcome: TestOutcome): number =>
  results.filter((result) => outcomeOf(result) === outcome).length;

export const testCounts = ({ results }: TestedFolder) => ({
  tests: results.length,
  passed: countOf(results, 'PASSED'),
  failed: countOf(results, 'FAILED'),
  errors: countOf(results, 'ERROR'),
});

const ruleGaps = ({ kind, rule, fires, isSilent }: RuleCoverage): readonly string[] => [
  ...(fires ? [] : [`${kind} rule ${rule} never fires`]),
  ...(isSilent ? [] : [`${kind} rule ${rule} is never silent`]),
];

/** What no test tried, in words. */
export const coverageGaps = ({ rules, conditions }: Coverage): readonly string[] => [
  ...rules.flatMap(ruleGaps),
  ...conditions
    .filter(({ decides }) => !decides)
    .map(({ kind, rule, path, text }) => `${kind} rule ${rule}: ${text} (${path}) never decides`),
];
