import { jsonPath } from '#rule-sets/json-path.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput } from '../bad-input.ts';
import { bookOutcome } from './book-outcome.ts';
import { bookFailures, factsFailures } from './check-expectations.ts';
import { factsOutcome } from './facts-outcome.ts';
import type { WrittenTest } from './parse-rule-tests.ts';
import type { AskedFacts, RuleTestFailure, RuleTestObservations, RuleTestResult } from './rule-test.ts';
import { faultOfBook, type TestBook, testBook } from './test-book.ts';

/** The facts of each kind that rules were asked about, in the order they were asked. */
const observationsOf = (asked: readonly AskedFacts[]): RuleTestObservations => {
  const ofKind = (wanted: AskedFacts['kind']) => asked.flatMap(({ kind, facts }) => (kind === wanted && facts.size > 0 ? [facts] : []));
  return { margin: ofKind('margin'), shortfall: ofKind('shortfall') };
};

interface Tried {
  readonly failures: readonly RuleTestFailure[];
  readonly asked: readonly AskedFacts[];
}

const tryBook = async (written: WrittenTest, { file, book }: TestBook, ruleSet: RuleSet): Promise<Tried> => {
  const outcome = await bookOutcome(file, book, written.test, ruleSet);
  return { failures: await bookFailures(written.test.expect, outcome), asked: outcome.asked };
};

const tryFacts = async ({ test }: WrittenTest, ruleSet: RuleSet): Promise<Tried> => {
  const outcome = await factsOutcome(ruleSet, test.facts ?? {});
  return { failures: factsFailures(test.expect, outcome), asked: [outcome.subject.asked] };
};

/** A test that nobody could run, or a whole file of them. */
export const unrunTest = (file: string, path: string, name: string, error: Fault): RuleTestResult => ({
  file,
  path,
  name,
  failures: [],
  observations: observationsOf([]),
  asked: [],
  error,
});

/** An engine that stops is a failing test, not the end of all others. */
const stopped = (error: unknown): Tried => {
  const got = error instanceof Error ? error.message : String(error);
  return { failures: [{ path: '$', expected: 'the engine runs to the end', got, asked: [], because: [] }], asked: [] };
};

const tryOrRefuse = async (written: WrittenTest, book: TestBook | null, ruleSet: RuleSet): Promise<Tried | Fault> => {
  try {
    return book === null ? await tryFacts(written, ruleSet) : await tryBook(written, book, ruleSet);
  } catch (error) {
    return error instanceof BadInput ? faultOfBook(written, error) : stopped(error);
  }
};

/** Runs one test under a rule set. Never throws: what cannot be run is in the result's `error`, a broken invariant among its failures. */
export const runRuleTest = async (written: WrittenTest, ruleSet: RuleSet): Promise<RuleTestResult> => {
  const { test, steps, source } = written;
  const path = jsonPath(steps);
  const book = testBook(written);
  const tried = book.ok ? await tryOrRefuse(written, book.value, ruleSet) : book.refusal;
  if ('message' in tried) return unrunTest(source.file, path, test.name, tried);
  return { file: source.file, path, name: test.name, ...tried, observations: observationsOf(tried.asked), error: null };
};
