import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryFileText } from '#local/rule-tests/boundary-file.ts';
import { comparisonsOf, RULE_KINDS } from '#local/rule-tests/comparisons.ts';
import { coverageOf } from '#local/rule-tests/coverage.ts';
import { generateBoundaries } from '#local/rule-tests/generate-boundaries.ts';
import { parseRuleTests } from '#local/rule-tests/parse-rule-tests.ts';
import type { RuleTestObservations, RuleTestResult } from '#local/rule-tests/rule-test.ts';
import { runRuleTest } from '#local/rule-tests/run-rule-test.ts';
import { factNames, type RuleKind } from '#rule-sets/facts.ts';
import type { Condition, Rule, RuleSet } from '#rule-sets/rule-set.ts';
import { negated, satisfy } from '#rule-sets/satisfy.ts';
import { anyRules, decimalLeaf, marginLeaf, statusLeaf } from '../../rule-sets/arbitrary-rules.ts';
import { propertyRuns } from '../../support/property-runs.ts';
import { lawOf } from './law-of.ts';

const encoder = new TextEncoder();

/** The generated file as the runner reads it, run. */
const runGenerated = async (ruleSet: RuleSet): Promise<readonly RuleTestResult[]> => {
  const tests = parseRuleTests('boundaries.generated.json', encoder.encode(boundaryFileText(ruleSet)));
  if (!tests.ok) throw new Error(JSON.stringify(tests.refusal));
  return Promise.all(tests.value.map((written) => runRuleTest(written, ruleSet)));
};

const seenBy = (results: readonly RuleTestResult[]): RuleTestObservations => ({
  margin: results.flatMap(({ observations }) => observations.margin),
  shortfall: results.flatMap(({ observations }) => observations.shortfall),
});

const shortfallLeaf = fc.oneof(
  { weight: 4, arbitrary: decimalLeaf(factNames('shortfall').filter((name) => name !== 'marketStatus')) },
  { weight: 1, arbitrary: statusLeaf },
);

const anyLaw = fc.record({ margin: anyRules(marginLeaf), shortfall: anyRules(shortfallLeaf) });

const runAll = async (ruleSet: RuleSet): Promise<readonly RuleTestResult[]> =>
  generateBoundaries(ruleSet).cases.length === 0 ? [] : runGenerated(ruleSet);

/** Whether there are facts of this kind that make the condition hold. STATABLE: and a test can state them. */
const canHold = (condition: Condition, kind: RuleKind): 'STATABLE' | 'FOUND' | 'NOT_FOUND' => {
  const found = satisfy(condition, factNames(kind));
  if (found.kind !== 'FOUND') return 'NOT_FOUND';
  return [...found.facts.values()].every((value) => value.toString().length <= 80) ? 'STATABLE' : 'FOUND';
};

/** Everything of a rule set that tests can cover, and whether there are facts that do. */
const coverable = (ruleSet: RuleSet) => {
  return {
    conditions: RULE_KINDS.flatMap((kind) =>
      comparisonsOf(ruleSet, kind).map(({ others }) =>
        canHold({ all: others.map(({ condition, holds }) => (holds ? condition : negated(condition))) }, kind),
      ),
    ),
    fires: RULE_KINDS.flatMap((kind) => ruleSet[kind].rules.map(({ conditions }) => canHold(conditions, kind))),
    isSilent: RULE_KINDS.flatMap((kind) => ruleSet[kind].rules.map(({ conditions }) => canHold(negated(conditions), kind))),
  };
};

/** What can be covered is, and what cannot be is not. */
const expectCovered = (seen: readonly boolean[], possible: readonly ReturnType<typeof canHold>[], where: string): void => {
  expect(seen.length).toBe(possible.length);
  seen.forEach((isSeen, index) => {
    if (possible[index] === 'STATABLE') expect(isSeen, `${where} ${index}`).toBe(true);
    if (possible[index] === 'NOT_FOUND') expect(isSeen, `${where} ${index}`).toBe(false);
  });
};

/** The same rules as objects of their own. */
const copied = (condition: Condition): Condition => {
  if ('all' in condition) return { all: condition.all.map(copied) };
  if ('any' in condition) return { any: condition.any.map(copied) };
  return 'not' in condition ? { not: { ...condition.not } } : { ...condition };
};

const rulesAnew = (rules: readonly Rule<string>[]): readonly Rule<string>[] =>
  rules.map((each) => ({ ...each, conditions: copied(each.conditions) }));

describe('for any rules', () => {
  const runs = { ...propertyRuns<[{ margin: readonly Rule<string>[]; shortfall: readonly Rule<string>[] }]>(), numRuns: 100 };

  it('the generated tests are tests that pass', async () => {
    let cases = 0;
    await fc.assert(
      fc.asyncProperty(anyLaw, async ({ margin, shortfall }) => {
        const results = await runAll(lawOf(margin, shortfall));
        cases += results.length;
        expect(results.filter(({ failures, error }) => failures.length > 0 || error !== null)).toEqual([]);
      }),
      runs,
    );
    expect(cases).toBeGreaterThan(1000);
  });

  it('they cover whatever can be covered, and coverage claims nothing more', async () => {
    let full = 0;
    await fc.assert(
      fc.asyncProperty(anyLaw, async ({ margin, shortfall }) => {
        const ruleSet = lawOf(margin, shortfall);
        const coverage = coverageOf(ruleSet, seenBy(await runAll(ruleSet)));
        const { conditions, fires, isSilent } = coverable(ruleSet);
        expectCovered(
          coverage.conditions.map(({ decides }) => decides),
          conditions,
          'decides',
        );
        expectCovered(
          coverage.rules.map((each) => each.fires),
          fires,
          'fires',
        );
        expectCovered(
          coverage.rules.map((each) => each.isSilent),
          isSilent,
          'is silent',
        );
        if (coverage.percent === 100) full += 1;
      }),
      runs,
    );
    expect(full).toBeGreaterThan(10);
  });

  it('without the tests in which a comparison decides, coverage is not complete', async () => {
    let dropped = 0;
    await fc.assert(
      fc.asyncProperty(anyLaw, async ({ margin, shortfall }) => {
        const ruleSet = lawOf(margin, shortfall);
        const results = await runAll(ruleSet);
        for (const [index, { decides }] of coverageOf(ruleSet, seenBy(results)).conditions.entries()) {
          if (!decides) continue;
          const rest = results.filter((each) => coverageOf(ruleSet, each.observations).conditions[index]?.decides !== true);
          const without = coverageOf(ruleSet, seenBy(rest));
          expect(without.conditions[index]?.decides).toBe(false);
          expect(without.percent).toBeLessThan(100);
          dropped += 1;
        }
      }),
      { ...runs, numRuns: 40 },
    );
    expect(dropped).toBeGreaterThan(100);
  });

  it('the same rules give the same file', () => {
    fc.assert(
      fc.property(anyLaw, ({ margin, shortfall }) => {
        expect(boundaryFileText(lawOf(margin, shortfall))).toBe(boundaryFileText(lawOf(rulesAnew(margin), rulesAnew(shortfall))));
      }),
      { ...runs, numRuns: 50 },
    );
  });
});
