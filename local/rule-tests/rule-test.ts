import type { VerdictOutcome } from '#core/policy.ts';
import type { Facts, RuleKind } from '#rule-sets/facts.ts';
import type { Fault } from '#rule-sets/json-source.ts';

/** Facts as a test states them: decimal strings, or ids for facts that are text. A fact that is left out is missing. */
export type StatedFacts = Readonly<Record<string, string>>;

/** What a rule is expected to say about stated facts. */
export interface ExpectedVerdict {
  readonly rule: string;
  readonly outcome: VerdictOutcome;
}

/** A test that asks the rules of one kind about stated facts, without a book; the form in which boundary cases are generated. */
export interface FactsTest {
  readonly name: string;
  /** For people. */
  readonly notes?: string;
  readonly facts: { readonly margin: StatedFacts } | { readonly shortfall: StatedFacts };
  readonly expect: { readonly verdicts: readonly ExpectedVerdict[] } | { readonly shortfallVerdicts: readonly ExpectedVerdict[] };
}

/** Several tests in one file, as generated ones are written. */
export interface GeneratedTests {
  readonly $schema: string;
  readonly notes: string;
  readonly cases: readonly FactsTest[];
}

/** Every set of facts that the rules were asked about in a test, in the order they were asked: what coverage is computed from. */
export interface RuleTestObservations {
  readonly margin: readonly Facts[];
  readonly shortfall: readonly Facts[];
}

/** One set of facts that the rules of one kind were asked about. */
export interface AskedFacts {
  readonly kind: RuleKind;
  /** What the facts are of, in words: a pool at the marks of the book or of a wave, or what an order left of it. */
  readonly of: string;
  /** Empty where the pool could not be valued. */
  readonly facts: Facts;
  /** Why nothing could be decided, such as a mark that is too old; null where something was. */
  readonly refusal: string | null;
}

/** One thing that was expected and did not come. */
export interface RuleTestFailure {
  /** JSON path within the case, such as `$.expect.verdicts[0].outcome`. */
  readonly path: string;
  /** As JSON text; of something that should be there, what was looked for. */
  readonly expected: string;
  /** As JSON text, or what is there instead, in words. */
  readonly got: string;
  /** The facts that the expectation hung on, where it hung on any. */
  readonly asked: readonly AskedFacts[];
  /** What else it came from, in lines: the limits of a fund, what became of a case, who stood in the queue. */
  readonly because: readonly string[];
}

/** What running one test found. It passed when it has neither failures nor an error. */
export interface RuleTestResult {
  readonly file: string;
  /** JSON path of the case in its file: `$`, or `$.cases[3]`. */
  readonly path: string;
  readonly name: string;
  readonly failures: readonly RuleTestFailure[];
  readonly observations: RuleTestObservations;
  /** The observations with what they are of, for whoever shows them. */
  readonly asked: readonly AskedFacts[];
  /** Why the test could not be run at all: it is no test, or its book is none. null when it was run. */
  readonly error: Fault | null;
}
