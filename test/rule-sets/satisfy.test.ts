import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decimal, ONE } from '#core/units/decimal.ts';
import { leavesOf } from '#rule-sets/conditions.ts';
import { explainRules } from '#rule-sets/explain-rules.ts';
import { type FactName, type Facts, factDefinition, factNames, type RuleKind } from '#rule-sets/facts.ts';
import { OPERATOR_NAMES } from '#rule-sets/operators.ts';
import type { Condition, Leaf } from '#rule-sets/rule-set.ts';
import { negated, satisfy } from '#rule-sets/satisfy.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anyCondition, anyFacts, anyLeaf, anyValue } from './arbitrary-rules.ts';
import { decimalIn, leafOf } from './comparison.ts';
import { holds, marginGrid, shortfallGrid } from './fact-grid.ts';

const leafOfKind = (ruleKind: RuleKind): Arbitrary<Leaf> =>
  fc
    .constantFrom(...factNames(ruleKind))
    .chain((fact) =>
      factDefinition(fact).kind === 'text'
        ? fc.subarray(['ACTIVE', 'HALTED', 'HALT'], { minLength: 1 }).map((value) => leafOf(fact, 'oneOf', value))
        : fc
            .record({ operator: fc.constantFrom(...OPERATOR_NAMES.filter((name) => name !== 'oneOf')), value: anyValue })
            .map(({ operator, value }) => leafOf(fact, operator, value)),
    );

/** Small enough that the grid over its thresholds can be walked. */
const smallCondition = (ruleKind: RuleKind): Arbitrary<Condition> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.array(leafOfKind(ruleKind), { minLength: 2, maxLength: 4 }).map((all): Condition => ({ all })) },
    { weight: 1, arbitrary: anyCondition(leafOfKind(ruleKind)).filter((condition) => leavesOf(condition).length <= 5) },
  );

const verdictOn = (condition: Condition, facts: Facts): string | undefined =>
  explainRules([{ name: 'asked', priority: 1, conditions: condition, event: null }], facts)[0]?.outcome;

describe.each<[RuleKind, (condition: Condition) => Generator<Facts>]>([
  ['margin', marginGrid],
  ['shortfall', shortfallGrid],
])('facts that make a %s condition hold', (ruleKind, grid) => {
  const tally = { FOUND: 0, IMPOSSIBLE: 0, UNDECIDED: 0 };
  const runs = { ...propertyRuns<[Condition]>(), numRuns: 600 };

  it('hold when they are found, and are looked for in vain on a grid when they are called impossible', () => {
    fc.assert(
      fc.property(smallCondition(ruleKind), (condition) => {
        const answer = satisfy(condition, factNames(ruleKind));
        tally[answer.kind] += 1;
        if (answer.kind === 'FOUND') {
          expect(verdictOn(condition, answer.facts)).toBe('FIRED');
          expect([...answer.facts.keys()].sort()).toEqual([...factNames(ruleKind)].sort());
        }
        if (answer.kind === 'IMPOSSIBLE')
          for (const facts of grid(condition)) if (holds(condition, facts)) expect.fail(JSON.stringify([...facts]));
      }),
      runs,
    );
    expect(tally.FOUND).toBeGreaterThan(150);
    expect(tally.IMPOSSIBLE).toBeGreaterThan(60);
    expect(tally.UNDECIDED).toBeLessThan(30);
  });

  it('are never given up on among rules that people write', () => {
    fc.assert(
      fc.property(
        fc.array(leafOfKind(ruleKind), { minLength: 1, maxLength: 2 }),
        fc.array(smallCondition(ruleKind), { maxLength: 8 }),
        (all, any) => {
          const condition = { all: [...all, ...any.map(negated)] };
          const equalities = leavesOf(condition).some(({ operator }) => operator === 'decimalEqual');
          if (!equalities) expect(satisfy(condition, factNames(ruleKind)).kind).not.toBe('UNDECIDED');
        },
      ),
      { ...propertyRuns<[Leaf[], Condition[]]>(), numRuns: 300 },
    );
  });
});

describe('found pools', () => {
  it('keep the relations of real ones', () => {
    const found = { empty: 0, holding: 0 };
    fc.assert(
      fc.property(smallCondition('margin'), (condition) => {
        const answer = satisfy(condition, factNames('margin'));
        if (answer.kind !== 'FOUND') return;
        const value = (name: FactName): Decimal => decimalIn(answer.facts, name);
        const requirement = value('marginBalance').minus(value('marginExcess'));
        if (value('positionCount').isZero()) {
          expect([requirement.toFixed(), value('notionalValue').toFixed(), value('marginRatio').toFixed()]).toEqual(['0', '0', '0']);
          found.empty += 1;
          return;
        }
        const fee = requirement.minus(value('maintenanceMargin'));
        expect(value('maintenanceMargin').gt(0) && value('maintenanceMargin').lt(value('notionalValue'))).toBe(true);
        expect(fee.gte(0) && fee.lt(value('notionalValue'))).toBe(true);
        const solvent = value('marginBalance').gt(0);
        expect(value('marginRatio').toFixed()).toBe(solvent ? requirement.div(value('marginBalance')).toFixed() : '1000000000');
        expect(value('effectiveLeverage').toFixed()).toBe(
          solvent ? value('notionalValue').div(value('marginBalance')).toFixed() : '1000000000',
        );
        found.holding += 1;
      }),
      propertyRuns(),
    );
    expect(found.holding).toBeGreaterThan(200);
    expect(found.empty).toBeGreaterThan(5);
  });
});

describe('a negation', () => {
  it('holds exactly where the condition does not, and cannot be decided exactly where it cannot', () => {
    const opposite = { FIRED: 'SILENT', SILENT: 'FIRED', ERROR: 'ERROR' };
    fc.assert(
      fc.property(anyCondition(anyLeaf), anyFacts, (condition, facts) => {
        const verdict = verdictOn(condition, facts);
        expect(verdictOn(negated(condition), facts)).toBe(
          verdict === 'FIRED' ? opposite.FIRED : verdict === 'SILENT' ? opposite.SILENT : 'ERROR',
        );
      }),
      propertyRuns(),
    );
  });

  it('stands on comparisons only', () => {
    const below = leafOf('marginExcess', 'decimalLessThan', '0');
    const above = leafOf('tierIndex', 'decimalGreaterThan', '0');
    expect(negated({ all: [below, { any: [above, { not: below }] }] })).toEqual({
      any: [{ not: below }, { all: [{ not: above }, below] }],
    });
  });
});

describe('the search', () => {
  const all = (...leaves: readonly (readonly [FactName, Leaf['operator'], Leaf['value']])[]): Condition => ({
    all: leaves.map(([fact, operator, value]) => leafOf(fact, operator, value)),
  });

  it.each([
    ['a whole number between two whole numbers', all(['tierIndex', 'decimalGreaterThan', '0'], ['tierIndex', 'decimalLessThan', '1'])],
    ['a fraction of a position', all(['positionCount', 'decimalEqual', '1.5'])],
    ['a breach at a ratio of 1', all(['marginExcess', 'decimalLessThan', '0'], ['marginRatio', 'decimalEqual', '1'])],
    ['a healthy pool without balance', all(['marginExcess', 'decimalGreaterThan', '0'], ['marginBalance', 'decimalAtMost', '0'])],
    ['more margin than value', all(['maintenanceMargin', 'decimalGreaterThan', '9'], ['notionalValue', 'decimalAtMost', '9'])],
    ['a status that no market has', all(['marketStatus', 'oneOf', ['HALT', 'halted']])],
    ['a fund that may pay more than it has', all(['fundAvailable', 'decimalGreaterThan', '5'], ['fundBalance', 'decimalAtMost', '5'])],
    ['an age between two milliseconds', all(['markAge', 'decimalGreaterThan', '1'], ['markAge', 'decimalLessThan', '1.001'])],
  ])('proves that there is no such thing as %s', (_, condition) => {
    const [first] = leavesOf(condition);
    expect(satisfy(condition, factNames(first?.fact.startsWith('f') || first?.fact === 'marketStatus' ? 'shortfall' : 'margin')).kind).toBe(
      'IMPOSSIBLE',
    );
  });

  it('finds what lies between two neighbouring quanta, as amounts are products', () => {
    expect(
      satisfy(all(['marginExcess', 'decimalGreaterThan', '0'], ['marginExcess', 'decimalLessThan', '0.000000000001']), ['marginExcess'])
        .kind,
    ).toBe('FOUND');
  });

  it('prefers values that a person can read', () => {
    const answer = satisfy(
      all(['marginExcess', 'decimalLessThan', '0'], ['marginBalance', 'decimalGreaterThan', '0']),
      factNames('margin'),
    );
    if (answer.kind !== 'FOUND') return expect.fail(answer.kind);
    expect(decimalIn(answer.facts, 'marginRatio').toFixed()).toBe('2');
    expect(decimalIn(answer.facts, 'positionCount').eq(ONE)).toBe(true);
  });

  it('gives up, and says so, where a balance would need more digits than a decimal has', () => {
    expect(satisfy(all(['marginRatio', 'decimalEqual', '0.7'], ['marginExcess', 'decimalEqual', '1']), factNames('margin')).kind).toBe(
      'UNDECIDED',
    );
  });

  it('gives up within its bound on conditions that only trying every combination would decide', () => {
    // Each line excludes one corner of a cube of ratios and amounts that no pool can have together.
    const facts: readonly FactName[] = ['marginExcess', 'marginRatio', 'notionalValue', 'effectiveLeverage', 'tierIndex', 'markAge'];
    const sides = (bits: number): Condition => ({
      any: facts.map((fact, index) => leafOf(fact, (bits >> index) % 2 === 0 ? 'decimalLessThan' : 'decimalAtLeast', '0.5')),
    });
    const started = performance.now();
    const answer = satisfy({ all: Array.from({ length: 64 }, (_, bits) => sides(bits)) }, factNames('margin'));
    expect(answer.kind).not.toBe('FOUND');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
