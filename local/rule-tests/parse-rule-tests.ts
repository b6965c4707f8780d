import { ok, type Result, refused } from '#core/result.ts';
import { checkSchema, type Fault, faultAt, type JsonLimits, type JsonSource, parseJsonSource } from '#rule-sets/json-source.ts';
import type { Finding } from '../finding.ts';
import { ruleTestFindings } from './rule-test-findings.ts';
import { type RuleTestDocument, ruleTestListSchema, ruleTestSchema } from './rule-test-schema.ts';

/** One test where it was written. */
export interface WrittenTest {
  readonly test: RuleTestDocument;
  /** Where the test stands in its file: nowhere below it, or in its list. */
  readonly steps: Finding['path'];
  readonly source: JsonSource;
}

/** Ten thousand generated cases, or a book that a person wrote down; a larger book is a file of its own. */
const TEST_LIMITS: JsonLimits = { bytesMax: 4 * 1024 * 1024, depthMax: 24 };

const isList = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, 'cases');

const testsIn = (source: JsonSource): Result<readonly WrittenTest[], readonly Fault[]> => {
  if (!isList(source.value)) {
    const one = checkSchema(source, ruleTestSchema);
    return one.ok ? ok([{ test: one.value, steps: [], source }]) : one;
  }
  const list = checkSchema(source, ruleTestListSchema);
  return list.ok ? ok(list.value.cases.map((test, index) => ({ test, steps: ['cases', index], source }))) : list;
};

/** A fault of a written test, with its place in the file and nothing else. */
export const faultOfTest = ({ source, steps }: WrittenTest, path: Finding['path'], message: string): Fault =>
  faultAt(source, [...steps, ...path], message);

/** Refuses a test for the first of its findings. */
export const firstFault = (written: WrittenTest, findings: Iterable<Finding>): Fault | null => {
  for (const { path, message } of findings) return faultOfTest(written, path, message);
  return null;
};

/** A fault without what only a check of rules tells beside it. */
export const placed = ({ file, line, column, path, message }: Fault): Fault => ({ file, line, column, path, message });

/**
 * Parses a file of tests: one test, or a list of `cases`. Refuses the whole file with its first fault: what is no strict JSON, then what has not the form
 * of a test, then a test that says nothing or contradicts itself (`ruleTestFindings`). Never throws, whatever the bytes are.
 */
export const parseRuleTests = (file: string, bytes: Uint8Array): Result<readonly WrittenTest[], Fault> => {
  const source = parseJsonSource(file, bytes, TEST_LIMITS);
  if (!source.ok) return refused(placed(source.refusal));
  const tests = testsIn(source.value);
  if (!tests.ok) return refused(placed(tests.refusal[0] ?? faultAt(source.value, [], 'does not have the form of a test')));
  for (const written of tests.value) {
    const fault = firstFault(written, ruleTestFindings(written.test));
    if (fault !== null) return refused(fault);
  }
  return tests;
};
