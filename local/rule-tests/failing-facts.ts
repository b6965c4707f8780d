import { factText } from '#rule-sets/conditions.ts';
import { explainRules, type RuleExplanation } from '#rule-sets/explain-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { rulesOf } from './comparisons.ts';
import type { AskedFacts, RuleTestResult } from './rule-test.ts';

/** Facts behind a failure, and what every condition of every rule makes of them. */
export interface ExplainedFacts {
  readonly kind: AskedFacts['kind'];
  readonly of: string;
  /** Why nothing could be decided; null where something was. */
  readonly refusal: string | null;
  readonly facts: Readonly<Record<string, string>>;
  readonly rules: readonly RuleExplanation[];
}

/** An expectation may hang on many pools; these are enough to see what went on. */
const SHOWN_MAX = 5;

const explain = (ruleSet: RuleSet, { kind, of, facts, refusal }: AskedFacts): ExplainedFacts => ({
  kind,
  of,
  refusal,
  facts: Object.fromEntries([...facts].map(([name, value]) => [name, factText(value)])),
  rules: facts.size === 0 ? [] : explainRules(rulesOf(ruleSet, kind), facts),
});

/** Equal for the same facts of the same thing. */
const sameText = ({ kind, of, facts }: AskedFacts): string => JSON.stringify([kind, of, ...[...facts].map(([, value]) => factText(value))]);

/** The facts that the failures of a test hung on, each once. `more` counts those that are left out. */
export const failingFacts = (
  ruleSet: RuleSet,
  { failures }: RuleTestResult,
): { readonly shown: readonly ExplainedFacts[]; readonly more: number } => {
  const all = [...new Map(failures.flatMap(({ asked }) => asked).map((each) => [sameText(each), each])).values()];
  const shown = all.slice(0, SHOWN_MAX).map((each) => explain(ruleSet, each));
  return { shown, more: all.length - shown.length };
};
