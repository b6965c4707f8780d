import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { RULES_ROOT, readRuleSet } from '#local/rule-set-folder.ts';
import { BOUNDARY_FILE, boundaryFileText } from '#local/rule-tests/boundary-file.ts';
import { comparisonsOf, RULE_KINDS } from '#local/rule-tests/comparisons.ts';
import { type Coverage, coverageOf } from '#local/rule-tests/coverage.ts';
import type { RuleTestResult } from '#local/rule-tests/rule-test.ts';
import { runTestFolder } from '#local/rule-tests/run-test-folder.ts';
import { versionFolders } from '#local/version-folders.ts';
import { factDefinition } from '#rule-sets/facts.ts';
import { EDITOR_KEYWORDS } from '#rule-sets/json-schema.ts';
import type { OperatorName } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule, RuleSet } from '#rule-sets/rule-set.ts';

const isGenerated = ({ file }: RuleTestResult): boolean => file.endsWith(BOUNDARY_FILE);

const shown = ({ file, path, name, failures, error }: RuleTestResult): readonly string[] => [
  ...(error === null ? [] : [`${file} ${path}: ${error.message}`]),
  ...failures.map((failure) => `${file} ${path} "${name}" ${failure.path}: expected ${failure.expected}, got ${failure.got}`),
];

const coverageBy = (results: readonly RuleTestResult[], ruleSet: Parameters<typeof coverageOf>[0]): Coverage =>
  coverageOf(ruleSet, {
    margin: results.flatMap(({ observations }) => observations.margin),
    shortfall: results.flatMap(({ observations }) => observations.shortfall),
  });

const uncovered = ({ rules, conditions, percent }: Coverage): readonly string[] => [
  ...rules.filter((each) => !each.fires).map(({ rule }) => `${rule} never fires`),
  ...rules.filter((each) => !each.isSilent).map(({ rule }) => `${rule} is never silent`),
  ...conditions.filter((each) => !each.decides).map(({ rule, path, text }) => `${rule} ${path}: ${text} never decides`),
  ...(percent === 100 ? [] : [`${percent} %`]),
];

const AS_CLOSE: Readonly<Record<string, OperatorName>> = {
  decimalLessThan: 'decimalAtMost',
  decimalAtMost: 'decimalLessThan',
  decimalAtLeast: 'decimalGreaterThan',
  decimalGreaterThan: 'decimalAtLeast',
};

/** The comparison with its threshold one step lower, one step higher, and with the threshold itself on the other side. */
const nearlyTheSame = (leaf: Leaf): readonly Leaf[] => {
  if (leaf.threshold === null) return [];
  const step = new Decimal(factDefinition(leaf.fact).unit === 'count' ? '1' : '0.000000000001');
  const moved = [leaf.threshold.minus(step), leaf.threshold.plus(step)].map((threshold) => ({
    ...leaf,
    threshold,
    value: threshold.toFixed(),
  }));
  return [...moved, { ...leaf, operator: AS_CLOSE[leaf.operator] ?? leaf.operator }];
};

const withLeaf = (condition: Condition, from: Leaf, to: Leaf): Condition => {
  if ('all' in condition) return { all: condition.all.map((each) => withLeaf(each, from, to)) };
  if ('any' in condition) return { any: condition.any.map((each) => withLeaf(each, from, to)) };
  if ('not' in condition) return condition.not === from ? { not: to } : condition;
  return condition === from ? to : condition;
};

/** The rule set with one comparison changed. */
const withComparison = (ruleSet: RuleSet, from: Leaf, to: Leaf): RuleSet => {
  const changed = <Event>(rules: readonly Rule<Event>[]): readonly Rule<Event>[] =>
    rules.map((rule) => ({ ...rule, conditions: withLeaf(rule.conditions, from, to) }));
  return {
    ...ruleSet,
    margin: { ...ruleSet.margin, rules: changed(ruleSet.margin.rules) },
    shortfall: { ...ruleSet.shortfall, rules: changed(ruleSet.shortfall.rules) },
  };
};

describe.each(versionFolders(RULES_ROOT))('$id@$version', ({ id, version, folder }) => {
  const ruleSet = readRuleSet(`${id}@${version}`);
  const tested = runTestFolder(folder, ruleSet);

  it('passes the tests beside it', async () => {
    const { results } = await tested;
    expect(results.flatMap(shown)).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
  });

  it('has every rule and every comparison covered, by the tests that people wrote alone', async () => {
    const { results, coverage } = await tested;
    expect(uncovered(coverage)).toEqual([]);
    expect(
      uncovered(
        coverageBy(
          results.filter((each) => !isGenerated(each)),
          ruleSet,
        ),
      ),
    ).toEqual([]);
  });

  it('has every rule and every comparison covered by the generated tests alone', async () => {
    const { results } = await tested;
    expect(uncovered(coverageBy(results.filter(isGenerated), ruleSet))).toEqual([]);
  });

  it('has its boundary tests up to date; `npx adl rules test --generate` brings them up to date', () => {
    expect(readFileSync(join(folder, 'tests', BOUNDARY_FILE), 'utf8')).toBe(boundaryFileText(ruleSet));
  });

  it('has generated tests that fail when any threshold moves by one step, or changes sides', async () => {
    const comparisons = RULE_KINDS.flatMap((kind) => comparisonsOf(ruleSet, kind));
    expect(comparisons.length).toBeGreaterThan(3);
    for (const { leaf, path } of comparisons)
      for (const other of nearlyTheSame(leaf)) {
        const { results } = await runTestFolder(folder, withComparison(ruleSet, leaf, other));
        const failed = results.filter((each) => isGenerated(each) && each.failures.length > 0);
        expect(failed.length, `${path} ${other.operator} ${String(other.value)}`).toBeGreaterThan(0);
      }
  });

  it('has tests that the JSON Schema accepts, each with a name of its own', async () => {
    const validate = new Ajv({ strict: true, strictTypes: false, keywords: [...EDITOR_KEYWORDS] }).compile(
      JSON.parse(readFileSync(join(RULES_ROOT, 'schema/rule-test.schema.json'), 'utf8')),
    );
    const { results } = await tested;
    for (const file of new Set(results.map((each) => each.file)))
      expect(validate(JSON.parse(readFileSync(file, 'utf8'))), `${file} ${JSON.stringify(validate.errors)}`).toBe(true);
    const names = results.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });
});
