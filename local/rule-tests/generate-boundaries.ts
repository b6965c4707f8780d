import { invariant } from '#core/invariant.ts';
import type { VerdictOutcome } from '#core/policy.ts';
import { Decimal } from '#core/units/decimal.ts';
import { factText, leavesOf } from '#rule-sets/conditions.ts';
import { explainRules } from '#rule-sets/explain-rules.ts';
import { type Facts, factNames, type RuleKind } from '#rule-sets/facts.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { satisfy } from '#rule-sets/satisfy.ts';
import { boundaryTrials, outcomeTrials, type Trial, type TrialGroup } from './boundary-trials.ts';
import { rulesOf } from './comparisons.ts';
import { DECIMAL_TEXT } from './expected-figure.ts';
import type { FactsTest, StatedFacts } from './rule-test.ts';

/** A value on or next to a boundary for which there is no test. */
export interface SkippedBoundary {
  readonly kind: RuleKind;
  readonly rule: string;
  /** JSON path of the comparison in the file of its rule. */
  readonly path: string;
  /** The value in words, such as `tierIndex 1 below 0`. */
  readonly point: string;
  readonly reason: string;
}

export interface Boundaries {
  readonly cases: readonly FactsTest[];
  readonly skipped: readonly SkippedBoundary[];
}

const WHY_SKIPPED = {
  IMPOSSIBLE: 'the fact cannot have this value while the verdict hangs on it',
  UNDECIDED: 'no facts were found within the bound of the search',
  UNSTATABLE: 'the facts that go with it have more digits than a test can state',
} as const;

const OUTCOME_WORDS: Readonly<Record<VerdictOutcome, string>> = { FIRED: 'fires', SILENT: 'stays silent', ERROR: 'is in error' };

/** A test and what it is a test of. */
interface Generated {
  readonly trial: Trial;
  readonly outcome: VerdictOutcome;
  readonly test: FactsTest;
}

/** The facts that rules of this kind name: what a test has to state so that none of them is in error. */
const stated = (ruleSet: RuleSet, kind: RuleKind, facts: Facts): StatedFacts => {
  const named = new Set<string>(rulesOf(ruleSet, kind).flatMap((rule) => leavesOf(rule.conditions).map((leaf) => leaf.fact)));
  return Object.fromEntries([...facts].filter(([name]) => named.has(name)).map(([name, value]) => [name, factText(value)]));
};

const canBeStated = (facts: Facts): boolean =>
  [...facts.values()].every((value) => !Decimal.isDecimal(value) || DECIMAL_TEXT.test(factText(value)));

const generated = (ruleSet: RuleSet, trial: Trial, facts: Facts): Generated => {
  const { kind, rule, text } = trial;
  const outcome = explainRules([rule], facts)[0]?.outcome ?? 'ERROR';
  invariant(outcome !== 'ERROR', 'facts that were found have a value for everything that a rule names');
  const verdicts = [{ rule: rule.name, outcome }];
  const name = `${rule.name}: ${text === '' ? '' : `${text} `}${OUTCOME_WORDS[outcome]}`;
  const given = stated(ruleSet, kind, facts);
  const test: FactsTest =
    kind === 'margin'
      ? { name, facts: { margin: given }, expect: { verdicts } }
      : { name, facts: { shortfall: given }, expect: { shortfallVerdicts: verdicts } };
  return { trial, outcome, test };
};

/** The test of a trial, or why there is none. */
const attempt = (ruleSet: RuleSet, trial: Trial): Generated | SkippedBoundary => {
  const found = satisfy(trial.condition, factNames(trial.kind));
  if (found.kind === 'FOUND' && canBeStated(found.facts)) return generated(ruleSet, trial, found.facts);
  const { kind, rule, path, text } = trial;
  const reason = WHY_SKIPPED[found.kind === 'FOUND' ? 'UNSTATABLE' : found.kind];
  return { kind, rule: rule.name, path, point: text.replace(/,$/, ''), reason };
};

const isGenerated = (tried: Generated | SkippedBoundary): tried is Generated => 'test' in tried;

const attemptGroup = (ruleSet: RuleSet, { trials, lastResort }: TrialGroup): readonly (Generated | SkippedBoundary)[] => {
  const tried = trials.map((trial) => attempt(ruleSet, trial));
  return tried.some(isGenerated) ? tried : [...tried, ...[attempt(ruleSet, lastResort)].filter(isGenerated)];
};

/** Tests for the outcomes that no test of a boundary has. */
const missingOutcomes = (ruleSet: RuleSet, tests: readonly Generated[]): readonly Generated[] =>
  outcomeTrials(ruleSet)
    .filter(({ rule, outcome }) => !tests.some((each) => each.trial.rule === rule && each.outcome === outcome))
    .map((trial) => attempt(ruleSet, trial))
    .filter(isGenerated);

/** Tests that have the same name as an earlier one name their place too. */
const uniquelyNamed = (tests: readonly Generated[]): readonly FactsTest[] => {
  const names = new Set<string>();
  return tests.map(({ test, trial }) => {
    const name = names.has(test.name) ? `${test.name} (${trial.path})` : test.name;
    names.add(name);
    return { ...test, name };
  });
};

/**
 * Tests of every comparison of every rule, on its threshold and one step either side (`boundaryPoints`), with the other facts such that the comparison
 * decides. They expect what the rules say now: a person who reads them sees where each boundary lies, and a later change of one fails them.
 *
 * A value that no facts can have while the comparison decides is left out and named with the reason; where that is so for all of them, one test has facts
 * further away, if there are any. A rule of which they show one outcome only gets a test of the other, if it has one. Together they cover whatever of the
 * rules can be covered. The same rules give the same tests in the same order.
 */
export const generateBoundaries = (ruleSet: RuleSet): Boundaries => {
  const tried = boundaryTrials(ruleSet).flatMap((group) => attemptGroup(ruleSet, group));
  const tests = tried.filter(isGenerated);
  const skipped = tried.flatMap((each) => (isGenerated(each) ? [] : [each]));
  return { cases: uniquelyNamed([...tests, ...missingOutcomes(ruleSet, tests)]), skipped };
};
