import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { VerdictOutcome } from '#core/policy.ts';
import { evaluateCompiled } from '#rule-sets/compile-rules.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import { explainRules } from '#rule-sets/explain-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import type { Condition, Rule } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anyChoices, anyLaw, factsUnder } from './arbitrary-pairs.ts';

/** Different facts under one law at most. */
const FACTS_PER_LAW_MAX = 120;

/**
 * Pairs of a law and facts for each run of a property: 100,000 in the 1000 runs of a change. The same facts under one law count once, and facts that
 * leave every rule in error, so that neither evaluator has anything to decide, do not count.
 */
const PAIRS_PER_RUN = 100;
const LAWS_PER_RUN = 4;

const conditionText = (condition: Condition): string => {
  if ('all' in condition) return `all(${condition.all.map(conditionText).join(', ')})`;
  if ('any' in condition) return `any(${condition.any.map(conditionText).join(', ')})`;
  if ('not' in condition) return `not(${conditionText(condition.not)})`;
  return `${condition.fact} ${condition.operator} ${JSON.stringify(condition.value)}`;
};

const valueText = (value: unknown): string =>
  typeof value === 'string' || value === null || typeof value !== 'object' ? JSON.stringify(value) : `${value}`;

const factsText = (facts: Facts): string => [...facts].map(([name, value]) => `${name} = ${valueText(value)}`).join(', ') || 'none';

const outcomesOf = (verdicts: readonly { readonly rule: string; readonly outcome: string }[]): string =>
  verdicts.map(({ rule, outcome }) => `${rule} ${outcome}`).join(', ');

const withErrors = (verdicts: readonly { readonly rule: string; readonly outcome: string; readonly error: string | null }[]): string =>
  verdicts.map(({ rule, outcome, error }) => `${rule} ${outcome}${error === null ? '' : ` (${error})`}`).join(', ');

/** Throws, with the pair as a person can read it, when the three readings of the rules differ in anything. */
const compare = async (rules: readonly Rule<string>[], facts: Facts, compiledFrom = rules): Promise<readonly VerdictOutcome[]> => {
  const engine = await evaluateRules(rules, facts);
  const compiled = evaluateCompiled(compiledFrom, facts);
  const explained = explainRules(rules, facts);
  if (withErrors(engine) !== withErrors(compiled) || outcomesOf(engine) !== outcomesOf(explained))
    throw new Error(
      [
        'the evaluators disagree',
        ...rules.map(({ name, priority, conditions }) => `  ${name}, priority ${priority}: ${conditionText(conditions)}`),
        `  facts: ${factsText(facts)}`,
        `  json-rules-engine: ${withErrors(engine)}`,
        `  compiled:          ${withErrors(compiled)}`,
        `  explained:         ${outcomesOf(explained)}`,
      ].join('\n'),
    );
  return engine.map(({ outcome }) => outcome);
};

const anyLists = fc.array(anyChoices, { minLength: 1, maxLength: FACTS_PER_LAW_MAX, size: 'max' });

it('json-rules-engine, the compiled rules and the explanation agree on a hundred thousand laws with facts', async () => {
  const { numRuns = 0, ...seed } = propertyRuns<unknown>();
  const seen = { FIRED: 0, SILENT: 0, ERROR: 0 };
  let pairs = 0;
  await fc.assert(
    fc.asyncProperty(anyLaw, anyLists, async (rules, lists) => {
      const different = new Map(lists.map((choices) => factsUnder(rules, choices)).map((facts) => [factsText(facts), facts]));
      for (const facts of different.values()) {
        const outcomes = await compare(rules, facts);
        for (const outcome of outcomes) seen[outcome] += 1;
        if (outcomes.some((outcome) => outcome !== 'ERROR')) pairs += 1;
      }
    }),
    { ...seed, numRuns: numRuns * LAWS_PER_RUN },
  );
  expect(pairs).toBeGreaterThanOrEqual(numRuns * PAIRS_PER_RUN);
  const verdicts = seen.FIRED + seen.SILENT + seen.ERROR;
  for (const count of Object.values(seen)) expect(count / verdicts).toBeGreaterThan(0.1);
});

/** A law as a compiler would read it that takes "at most" for "less than". */
const misread = (condition: Condition): Condition => {
  if ('all' in condition) return { all: condition.all.map(misread) };
  if ('any' in condition) return { any: condition.any.map(misread) };
  if ('not' in condition) return condition;
  return condition.operator === 'decimalAtMost' ? { ...condition, operator: 'decimalLessThan' } : condition;
};

it('a compiler that takes one operator for another is found, with one rule and one set of facts that show it', async () => {
  const { seed = 0 } = propertyRuns();
  const found = await fc.check(
    fc.asyncProperty(anyLaw, anyLists, async (rules, lists) => {
      const compiledFrom = rules.map((rule) => ({ ...rule, conditions: misread(rule.conditions) }));
      for (const choices of lists) await compare(rules, factsUnder(rules, choices), compiledFrom);
    }),
    { seed },
  );
  expect(found.counterexample?.map((list) => list.length)).toEqual([1, 1]);
  const told = String(found.errorInstance).split('\n');
  expect(told).toContainEqual(expect.stringMatching(/^ {2}rule-\d+, priority \d+: .*decimalAtMost/));
  expect(told).toContainEqual(expect.stringMatching(/^ {2}json-rules-engine: rule-\d+ FIRED$/));
  expect(told).toContainEqual(expect.stringMatching(/^ {2}compiled: {10}rule-\d+ SILENT$/));
});
