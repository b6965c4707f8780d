import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { boundaryFileText } from '#local/rule-tests/boundary-file.ts';
import { generateBoundaries } from '#local/rule-tests/generate-boundaries.ts';
import type { FactsTest } from '#local/rule-tests/rule-test.ts';
import type { Condition, Leaf, Rule } from '#rule-sets/rule-set.ts';
import { lawOf } from './law-of.ts';

const leaf = (fact: Leaf['fact'], operator: Leaf['operator'], value: string): Leaf => ({
  fact,
  operator,
  value,
  threshold: new Decimal(value),
});

const listed = (value: readonly string[]): Leaf => ({ fact: 'marketStatus', operator: 'oneOf', value, threshold: null });

const rule = (conditions: Condition): Rule<unknown> => ({ name: 'r', priority: 1, conditions, event: null });

const forMargin = (conditions: Condition) => generateBoundaries(lawOf([rule(conditions)], []));
const forShortfall = (conditions: Condition) => generateBoundaries(lawOf([], [rule(conditions)]));

const names = (tests: readonly FactsTest[]): readonly string[] => tests.map(({ name }) => name);

describe('a boundary is tried', () => {
  it.each([
    ['decimalLessThan', 'fires', 'stays silent', 'stays silent'],
    ['decimalAtMost', 'fires', 'fires', 'stays silent'],
    ['decimalEqual', 'stays silent', 'fires', 'stays silent'],
    ['decimalAtLeast', 'stays silent', 'fires', 'fires'],
    ['decimalGreaterThan', 'stays silent', 'stays silent', 'fires'],
  ] as const)('of `%s` one quantum below (%s), on it (%s) and one quantum above (%s)', (operator, below, on, above) => {
    expect(names(forMargin(leaf('marginExcess', operator, '2.50')).cases)).toEqual([
      `r: marginExcess 0.000000000001 below 2.50 ${below}`,
      `r: marginExcess exactly 2.50 ${on}`,
      `r: marginExcess 0.000000000001 above 2.50 ${above}`,
    ]);
  });

  it('of a count one either side, and at the whole numbers around a threshold that is not one', () => {
    expect(names(forMargin(leaf('tierIndex', 'decimalGreaterThan', '2')).cases)).toEqual([
      'r: tierIndex 1 below 2 stays silent',
      'r: tierIndex exactly 2 stays silent',
      'r: tierIndex 1 above 2 fires',
    ]);
    expect(names(forMargin(leaf('tierIndex', 'decimalGreaterThan', '1.5')).cases)).toEqual([
      'r: tierIndex 0.5 below 1.5 stays silent',
      'r: tierIndex 0.5 above 1.5 fires',
    ]);
  });

  it('of an age a millisecond either side: marks carry no less', () => {
    expect(names(forMargin(leaf('markAge', 'decimalGreaterThan', '60')).cases)).toEqual([
      'r: markAge 0.001 below 60 stays silent',
      'r: markAge exactly 60 stays silent',
      'r: markAge 0.001 above 60 fires',
    ]);
  });

  it('of a list with each of its ids and one that is not in it', () => {
    const { cases, skipped } = forShortfall(listed(['HALTED', 'SETTLING']));
    expect(names(cases)).toEqual([
      'r: marketStatus HALTED, in the list, fires',
      'r: marketStatus SETTLING, in the list, fires',
      'r: marketStatus outside the list stays silent',
    ]);
    expect(skipped).toEqual([]);
  });

  it('with the other facts such that the comparison decides', () => {
    const deep: Condition = {
      all: [
        leaf('marginExcess', 'decimalLessThan', '0'),
        { any: [leaf('tierIndex', 'decimalGreaterThan', '0'), leaf('notionalValue', 'decimalAtLeast', '1000')] },
      ],
    };
    const byTier = forMargin(deep).cases.filter(({ name }) => name.includes('tierIndex'));
    expect(names(byTier)).toEqual(['r: tierIndex exactly 0 stays silent', 'r: tierIndex 1 above 0 fires']);
    for (const { facts } of byTier) {
      if (!('margin' in facts)) throw new Error('margin facts');
      expect(Number(facts.margin.marginExcess)).toBeLessThan(0);
      expect(Number(facts.margin.notionalValue)).toBeLessThan(1000);
    }
  });

  it('with facts that fit together: where the ratio is beside 0.8, so is the excess', () => {
    const both: Condition = { all: [leaf('marginRatio', 'decimalAtLeast', '0.8'), leaf('marginExcess', 'decimalGreaterThan', '-1000000')] };
    const [first] = forMargin(both).cases;
    expect(first).toMatchObject({
      name: 'r: marginRatio 0.000000000001 below 0.8 stays silent',
      facts: { margin: { marginRatio: '0.799999999999' } },
    });
    if (first === undefined || !('margin' in first.facts)) throw new Error('a case about a pool');
    expect(Number(first.facts.margin.marginExcess)).toBeGreaterThan(0);
  });
});

describe('a boundary is left out', () => {
  it('where the fact cannot have the value, with the reason', () => {
    const { cases, skipped } = forShortfall(leaf('shortfall', 'decimalGreaterThan', '0'));
    expect(names(cases)).toEqual(['r: shortfall exactly 0 stays silent', 'r: shortfall 0.000000000001 above 0 fires']);
    expect(skipped).toEqual([
      {
        kind: 'shortfall',
        rule: 'r',
        path: '$.rules[0].conditions',
        point: 'shortfall 0.000000000001 below 0',
        reason: 'the fact cannot have this value while the verdict hangs on it',
      },
    ]);
  });

  it('where the verdict never hangs on it there; facts further away show that it decides', () => {
    const nested: Condition = { any: [leaf('marginExcess', 'decimalLessThan', '0'), leaf('marginExcess', 'decimalLessThan', '10')] };
    const { cases, skipped } = forMargin(nested);
    expect(skipped.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => '$.rules[0].conditions.any[0]'));
    expect(names(cases)).toEqual([
      'r: marginExcess below 0 decides and stays silent',
      'r: marginExcess 0.000000000001 below 10 fires',
      'r: marginExcess exactly 10 stays silent',
      'r: marginExcess 0.000000000001 above 10 stays silent',
    ]);
  });

  it('and the file says so', () => {
    const text = boundaryFileText(lawOf([], [rule(leaf('shortfall', 'decimalGreaterThan', '0'))]));
    expect(JSON.parse(text).notes).toContain('Left out: r: shortfall 0.000000000001 below 0: the fact cannot have this value');
  });
});

describe('names', () => {
  it('are unique: a second comparison of the same kind names its place', () => {
    const twice: Condition = {
      any: [
        { all: [leaf('tierIndex', 'decimalEqual', '1'), leaf('marginExcess', 'decimalLessThan', '0')] },
        { all: [leaf('tierIndex', 'decimalEqual', '2'), leaf('marginExcess', 'decimalLessThan', '0')] },
      ],
    };
    const all = names(forMargin(twice).cases);
    expect(all).toContain('r: marginExcess exactly 0 stays silent');
    expect(all).toContain('r: marginExcess exactly 0 stays silent ($.rules[0].conditions.any[1].all[1])');
    expect(all).toEqual([...new Set(all)]);
  });
});
