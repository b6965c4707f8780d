import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { type GuardAtom, guardAtoms } from '#rule-sets/guard-atoms.ts';
import type { Condition, Leaf, Rule } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anyRules, marginLeaf } from './arbitrary-rules.ts';
import { shippedRuleSet } from './shipped-files.ts';

interface Standing {
  readonly marginBalance: string;
  readonly requirement: string;
  readonly tierIndex: string;
}

/** Facts of a pool, consistent with each other as an assessment makes them. */
const factsOf = ({ marginBalance, requirement, tierIndex }: Standing): Facts => {
  const balance = new Decimal(marginBalance);
  const required = new Decimal(requirement);
  const ratio = balance.gt(0) ? required.div(balance) : new Decimal('1e9');
  return new Map<string, Decimal>([
    ['marginBalance', balance],
    ['maintenanceMargin', required],
    ['marginExcess', balance.minus(required)],
    ['marginRatio', ratio],
    ['notionalValue', required.times(20)],
    ['tierIndex', new Decimal(tierIndex)],
    ['positionCount', new Decimal(1)],
    ['effectiveLeverage', ratio.times(20)],
    ['markAge', new Decimal(0)],
  ]);
};

const standing: Arbitrary<Standing> = fc.record({
  marginBalance: fc.constantFrom('-5', '0', '0.000000000001', '0.5', '1', '1.25', '2', '9', '10', '10.000000000001', '100'),
  requirement: fc.constantFrom('0', '0.000000000001', '0.5', '1', '1.6', '8', '10', '99.999999999999'),
  tierIndex: fc.constantFrom('0', '1'),
});

const holds = (atom: GuardAtom, { marginBalance, requirement }: Standing): boolean =>
  atom.marginBalanceFactor.times(marginBalance).minus(atom.requirementFactor.times(requirement)).minus(atom.offset).gt(0);

const shown = (atoms: readonly GuardAtom[] | null): readonly string[] | null =>
  atoms?.map((atom) => [atom.marginBalanceFactor, atom.requirementFactor, atom.offset].map((part) => part.toFixed()).join(' ')) ?? null;

const leaf = (fact: Leaf['fact'], operator: Leaf['operator'], value: string): Leaf => ({
  fact,
  operator,
  value,
  threshold: new Decimal(value),
});
const atoms = (conditions: Condition, pool: Partial<Standing> = {}): readonly string[] | null =>
  shown(
    guardAtoms(
      [{ name: 'a', priority: 1, event: 'A', conditions }],
      factsOf({ marginBalance: '10', requirement: '1', tierIndex: '0', ...pool }),
    ),
  );

describe('guard atoms', () => {
  it.each<[string, Condition, readonly string[]]>([
    ['marginExcess < 0', leaf('marginExcess', 'decimalLessThan', '0'), ['1 0 0', '1 1 0']],
    ['marginExcess ≤ 2', leaf('marginExcess', 'decimalAtMost', '2'), ['1 0 0', '1 1 2']],
    ['marginRatio ≥ 0.8', leaf('marginRatio', 'decimalAtLeast', '0.8'), ['1 0 0', '0.8 1 0']],
    ['marginRatio > 1', leaf('marginRatio', 'decimalGreaterThan', '1'), ['1 0 0', '1 1 0']],
    ['marginBalance < 3', leaf('marginBalance', 'decimalLessThan', '3'), ['1 0 0', '1 0 3']],
    ['marginBalance ≤ 0, which solvency proves already', leaf('marginBalance', 'decimalAtMost', '0'), ['1 0 0']],
    ['not marginExcess ≥ 0', { not: leaf('marginExcess', 'decimalAtLeast', '0') }, ['1 0 0', '1 1 0']],
    ['not marginRatio < 0.8', { not: leaf('marginRatio', 'decimalLessThan', '0.8') }, ['1 0 0', '0.8 1 0']],
    ['not marginBalance > 3', { not: leaf('marginBalance', 'decimalGreaterThan', '3') }, ['1 0 0', '1 0 3']],
  ])('of %s', (_claim, conditions, expected) => expect(atoms(conditions)).toEqual(expected));

  it('of `all` rest on the child with most room, of `any` on all of them', () => {
    const near = leaf('marginExcess', 'decimalLessThan', '8');
    const far = leaf('marginBalance', 'decimalLessThan', '1');
    expect(atoms({ all: [near, far, leaf('tierIndex', 'decimalGreaterThan', '0')] })).toEqual(['1 0 0', '1 0 1']);
    expect(atoms({ any: [near, far] })).toEqual(['1 0 0', '1 1 8', '1 0 1']);
    expect(atoms({ all: [{ any: [near, far] }, { any: [far] }] })).toEqual(['1 0 0', '1 0 1']);
  });

  it.each<[string, Condition, Partial<Standing>]>([
    ['a rule that fires', leaf('marginExcess', 'decimalLessThan', '0'), { requirement: '11' }],
    ['a pool exactly on a threshold', leaf('marginExcess', 'decimalLessThan', '9'), {}],
    ['an insolvent pool', leaf('marginExcess', 'decimalLessThan', '-100'), { marginBalance: '0' }],
    ['silence that rests on the tier', leaf('tierIndex', 'decimalGreaterThan', '0'), {}],
    [
      'an `any` with one unsupported child',
      { any: [leaf('marginExcess', 'decimalLessThan', '0'), leaf('markAge', 'decimalGreaterThan', '60')] },
      {},
    ],
    ['a ratio above zero', leaf('marginRatio', 'decimalGreaterThan', '0'), { requirement: '0' }],
    ['a comparison that fires when a pool is well', leaf('marginExcess', 'decimalGreaterThan', '100'), {}],
  ])('do not exist for %s', (_claim, conditions, pool) => expect(atoms(conditions, pool)).toBeNull());

  it('do not exist where a fact is missing', () => {
    const rules: readonly Rule<string>[] = [{ name: 'a', priority: 1, event: 'A', conditions: leaf('marginRatio', 'decimalAtLeast', '1') }];
    expect(
      guardAtoms(
        rules,
        new Map([
          ['marginBalance', new Decimal(1)],
          ['marginExcess', new Decimal(1)],
        ]),
      ),
    ).toBeNull();
    expect(guardAtoms(rules, new Map())).toBeNull();
  });

  it('exist for both shipped rule sets wherever no rule fires', () => {
    const well = factsOf({ marginBalance: '10', requirement: '7', tierIndex: '1' });
    expect(shown(guardAtoms(shippedRuleSet('house').margin.rules, well))).toEqual(['1 0 0', '1 1 0']);
    expect(shown(guardAtoms(shippedRuleSet('house-guarded').margin.rules, well))).toEqual(['1 0 0', '1 1 0', '0.8 1 0']);
  });

  it('issued at one standing keep every rule silent at any other where they hold', async () => {
    let proven = 0;
    await fc.assert(
      fc.asyncProperty(anyRules(marginLeaf), standing, fc.array(standing, { minLength: 8, maxLength: 8 }), async (rules, now, laters) => {
        const issued = guardAtoms(rules, factsOf(now));
        if (issued === null) return;
        for (const later of [now, ...laters])
          if (issued.every((atom) => holds(atom, later))) {
            proven += 1;
            const verdicts = await evaluateRules(rules, factsOf(later));
            expect(verdicts.map(({ outcome }) => outcome)).toEqual(rules.map(() => 'SILENT'));
          }
        expect(issued.every((atom) => holds(atom, now))).toBe(true);
      }),
      propertyRuns(),
    );
    expect(proven).toBeGreaterThan(100);
  });
});
