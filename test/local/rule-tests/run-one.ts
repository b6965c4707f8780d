import { parseRuleTests } from '#local/rule-tests/parse-rule-tests.ts';
import type { RuleTestResult } from '#local/rule-tests/rule-test.ts';
import { runRuleTest } from '#local/rule-tests/run-rule-test.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE } from '../../support/small-law.ts';

const encoder = new TextEncoder();

/** Parses a test as if it stood in `file`, one key per line. */
export const parsed = (test: unknown, file = 'tests/one.json') =>
  parseRuleTests(file, encoder.encode(typeof test === 'string' ? test : JSON.stringify(test, null, 1)));

/** Runs one test. Throws when it is refused before it could be run. */
export const runOne = async (test: object, law: RuleSet = HOUSE, file?: string): Promise<RuleTestResult> => {
  const tests = parsed({ name: 'one', ...test }, file);
  if (!tests.ok) throw new RangeError(`${tests.refusal.path}: ${tests.refusal.message}`);
  const [written] = tests.value;
  if (written === undefined) throw new RangeError('there is no test');
  return runRuleTest(written, law);
};

/** Failures as `path: expected → got`. */
export const failuresOf = async (test: object, law?: RuleSet): Promise<readonly string[]> => {
  const { failures, error } = await runOne(test, law);
  if (error !== null) throw new RangeError(error.message);
  return failures.map(({ path, expected, got }) => `${path}: ${expected} → ${got}`);
};
