import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { coverageOf } from '#local/rule-tests/coverage.ts';
import { childrenOf, conditionProblem } from '#rule-sets/conditions.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { compareDecimals, isOneOf } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule, RuleSet } from '#rule-sets/rule-set.ts';
import { anyFacts, anyLeaf, anyRules } from '../../rule-sets/arbitrary-rules.ts';
import { shippedRuleSet } from '../../rule-sets/shipped-files.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const factsOf = (values: Readonly<Record<string, string>>): Facts =>
  new Map(Object.entries(values).map(([name, text]) => [name, name === 'marketStatus' ? text : new Decimal(text)]));

const excessBelow0: Leaf = { fact: 'marginExcess', operator: 'decimalLessThan', value: '0', threshold: new Decimal(0) };
const tierAbove0: Leaf = { fact: 'tierIndex', operator: 'decimalGreaterThan', value: '0', threshold: new Decimal(0) };
const halted: Leaf = { fact: 'marketStatus', operator: 'oneOf', value: ['HALTED', 'SETTLING'], threshold: null };

const house = shippedRuleSet('house');

/** `house` with this one margin rule and no other. */
const withRule = (conditions: Condition): RuleSet => {
  const rule = { name: 'liquidate', priority: 20, conditions, event: { type: 'LIQUIDATE' as const } };
  return { ...house, margin: { ...house.margin, rules: [rule] }, shortfall: { ...house.shortfall, rules: [] } };
};

const covered = (conditions: Condition, ...margin: readonly Readonly<Record<string, string>>[]) =>
  coverageOf(withRule(conditions), { margin: margin.map(factsOf), shortfall: [] });

const decided = (conditions: Condition, facts: Readonly<Record<string, string>>): readonly string[] =>
  covered(conditions, facts).conditions.flatMap(({ text, decides }) => (decides ? [text] : []));

describe('a comparison decides', () => {
  it.each([
    ['all', '-1', '1', ['marginExcess below 0', 'tierIndex above 0']],
    ['all', '-1', '0', ['tierIndex above 0']],
    ['all', '1', '1', ['marginExcess below 0']],
    ['all', '1', '0', []],
    ['any', '-1', '1', []],
    ['any', '-1', '0', ['marginExcess below 0']],
    ['any', '1', '1', ['tierIndex above 0']],
    ['any', '1', '0', ['marginExcess below 0', 'tierIndex above 0']],
  ])('below `%s` with marginExcess %s and tierIndex %s: %j', (kind, marginExcess, tierIndex, expected) => {
    const both = [excessBelow0, tierAbove0];
    expect(decided(kind === 'all' ? { all: both } : { any: both }, { marginExcess, tierIndex })).toEqual(expected);
  });

  it('through `not` as it would without', () => {
    expect(decided({ all: [{ not: excessBelow0 }, tierAbove0] }, { marginExcess: '1', tierIndex: '0' })).toEqual(['tierIndex above 0']);
  });

  it('only where every level above leaves it to it', () => {
    const nested: Condition = { all: [tierAbove0, { any: [excessBelow0, { not: tierAbove0 }] }] };
    expect(decided(nested, { marginExcess: '1', tierIndex: '1' })).toEqual(['marginExcess below 0', 'tierIndex above 0']);
    expect(decided(nested, { marginExcess: '1', tierIndex: '0' })).toEqual(['tierIndex above 0']);
  });
});

describe('coverage', () => {
  const both: Condition = { all: [excessBelow0, tierAbove0] };

  it('is 0 without a test, and names each comparison by its place in the file', () => {
    expect(covered(both)).toEqual({
      rules: [{ kind: 'margin', rule: 'liquidate', fires: false, isSilent: false }],
      conditions: [
        { kind: 'margin', rule: 'liquidate', path: '$.rules[0].conditions.all[0]', text: 'marginExcess below 0', decides: false },
        { kind: 'margin', rule: 'liquidate', path: '$.rules[0].conditions.all[1]', text: 'tierIndex above 0', decides: false },
      ],
      percent: 0,
    });
  });

  it('counts two items for a rule and one for a comparison, rounded down', () => {
    expect(covered(both, { marginExcess: '1', tierIndex: '0' }).percent).toBe(25);
    expect(covered(both, { marginExcess: '1', tierIndex: '1' }).percent).toBe(50);
    expect(covered(excessBelow0, { marginExcess: '1' }).percent).toBe(66);
    expect(covered(both, { marginExcess: '-1', tierIndex: '1' }, { marginExcess: '1', tierIndex: '0' }).percent).toBe(100);
  });

  it('counts nothing of a rule that is in error', () => {
    expect(covered(both, { marginExcess: '-1' }).percent).toBe(0);
  });

  it('gives the path of a comparison below `not`, and of one that stands alone', () => {
    const paths = (conditions: Condition): readonly string[] => covered(conditions).conditions.map(({ path }) => path);
    expect(paths({ any: [{ not: excessBelow0 }] })).toEqual(['$.rules[0].conditions.any[0].not']);
    expect(paths(excessBelow0)).toEqual(['$.rules[0].conditions']);
  });

  it('reads an id of a list into the words of a comparison, margin before shortfall', () => {
    const ruleSet = withRule(excessBelow0);
    const stop = { name: 'stop', priority: 1, conditions: halted, event: { type: 'HALT' as const } };
    const coverage = coverageOf(
      { ...ruleSet, shortfall: { ...ruleSet.shortfall, rules: [stop] } },
      { margin: [], shortfall: [factsOf({ marketStatus: 'HALTED' }), factsOf({ marketStatus: 'ACTIVE' })] },
    );
    expect(coverage.conditions.map(({ kind, text, decides }) => [kind, text, decides])).toEqual([
      ['margin', 'marginExcess below 0', false],
      ['shortfall', 'marketStatus one of HALTED, SETTLING', true],
    ]);
    expect(coverage.percent).toBe(50);
  });
});

/** Whether the condition holds when the comparison at `position`, counted from left to right, is turned round. A slow twin that knows nothing of siblings. */
const holds = (condition: Condition, facts: Facts, flipped: number): boolean => {
  let position = -1;
  const walk = (each: Condition): boolean => {
    if ('fact' in each) {
      position += 1;
      const value = facts.get(each.fact);
      const outcome = each.operator === 'oneOf' ? isOneOf(value, each.value) : compareDecimals(each.operator, value, each.threshold);
      return position === flipped ? !outcome : outcome;
    }
    const outcomes = childrenOf(each).map(walk);
    if ('not' in each) return outcomes[0] === false;
    return 'all' in each ? outcomes.every(Boolean) : outcomes.some(Boolean);
  };
  return walk(condition);
};

describe('for any rules and any facts, broken ones among them', () => {
  const asMargin = (rules: readonly Rule<string>[]): RuleSet => {
    const law = rules.map((rule) => ({ ...rule, event: { type: 'WARN' as const } }));
    return { ...house, margin: { ...house.margin, rules: law }, shortfall: { ...house.shortfall, rules: [] } };
  };

  it('a comparison decides exactly when flipping it alone flips its rule', () => {
    fc.assert(
      fc.property(anyRules(anyLeaf), anyFacts, (rules, facts) => {
        const { conditions } = coverageOf(asMargin(rules), { margin: [facts], shortfall: [] });
        for (const rule of rules) {
          const isUsable = conditionProblem(rule.conditions, facts) === null;
          const expected = conditions
            .filter((each) => each.rule === rule.name)
            .map((_, index) => isUsable && holds(rule.conditions, facts, index) !== holds(rule.conditions, facts, -1));
          expect(conditions.filter((each) => each.rule === rule.name).map(({ decides }) => decides)).toEqual(expected);
        }
      }),
      propertyRuns(),
    );
  });

  it('more facts never lower it', () => {
    fc.assert(
      fc.property(anyRules(anyLeaf), fc.array(anyFacts, { maxLength: 4 }), anyFacts, (rules, some, more) => {
        const before = coverageOf(asMargin(rules), { margin: some, shortfall: [] });
        const after = coverageOf(asMargin(rules), { margin: [...some, more], shortfall: [] });
        expect(after.percent).toBeGreaterThanOrEqual(before.percent);
        before.conditions.forEach(({ decides }, index) => {
          if (decides) expect(after.conditions[index]?.decides).toBe(true);
        });
      }),
      propertyRuns(),
    );
  });
});
