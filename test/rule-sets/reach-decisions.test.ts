import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideMargin, isOpening, type MarginChoice } from '#core/liquidation/decide-margin.ts';
import type { MarginEvent } from '#core/policy.ts';
import { Decimal, ZERO } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { checkBreach } from '#rule-sets/check-breach.ts';
import { checkNeverFires } from '#rule-sets/check-never-fires.ts';
import { checkShadowed } from '#rule-sets/check-shadowed.ts';
import type { Facts } from '#rule-sets/facts.ts';
import { marginReach } from '#rule-sets/rule-reaches.ts';
import type { Rule } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anyCondition, marginLeaf } from './arbitrary-rules.ts';
import { decimalIn } from './comparison.ts';
import { holds, marginGrid } from './fact-grid.ts';
import { filesWith } from './reach-cases.ts';

const events: readonly MarginEvent[] = [
  { type: 'WARN' },
  { type: 'REDUCE_TO_TIER', tiers: 1 },
  { type: 'REDUCE_BY_FRACTION', fraction: ratio(new Decimal('0.5')), cooldown: null },
  { type: 'LIQUIDATE' },
  { type: 'TAKE_OVER' },
];

const source = filesWith({}).margin?.source;

const someRules: Arbitrary<readonly Rule<MarginEvent>[]> = fc
  .array(fc.tuple(anyCondition(marginLeaf), fc.constantFrom(...events)), { minLength: 1, maxLength: 3 })
  .map((rules) => rules.map(([conditions, event], index) => ({ name: `rule-${index}`, priority: 9 - index, conditions, event })));

/** What the engine chooses for these facts, by its own function. */
const chosen = (rules: readonly Rule<MarginEvent>[], facts: Facts): MarginChoice => {
  const insolvent = decimalIn(facts, 'positionCount').gt(0) && decimalIn(facts, 'marginBalance').lte(0);
  const verdicts = rules.map(({ name, priority, event, conditions }) => ({
    rule: name,
    priority,
    event,
    outcome: holds(conditions, facts) ? ('FIRED' as const) : ('SILENT' as const),
    error: null,
  }));
  return decideMargin({ insolvent }, verdicts);
};

const GRID_MAX = 3_000;

function* gridOf(rules: readonly Rule<MarginEvent>[]): Generator<Facts> {
  let left = GRID_MAX;
  for (const facts of marginGrid({ all: rules.map(({ conditions }) => conditions) })) {
    if (left === 0) return;
    left -= 1;
    yield facts;
  }
}

describe('random margin rules', () => {
  it('that are said never to fire or never to decide are never what the engine chooses for a pool that holds something', () => {
    let named = 0;
    fc.assert(
      fc.property(someRules, (rules) => {
        if (source === undefined) return expect.fail('house has margin rules');
        const findings = [...checkNeverFires(source, rules, marginReach([])), ...checkShadowed(source, rules)];
        const idle = new Set(
          findings.filter(({ code }) => code !== 'conditions-undecided').map(({ path }) => `rule-${/\[(\d+)\]/.exec(path)?.[1]}`),
        );
        named += idle.size;
        if (idle.size === 0) return;
        for (const facts of gridOf(rules)) {
          const choice = chosen(rules, facts);
          const acts = choice.kind !== 'WARN' && decimalIn(facts, 'positionCount').isZero();
          if ('rule' in choice && choice.rule !== null && !acts) expect(idle.has(choice.rule)).toBe(false);
        }
      }),
      { ...propertyRuns<[readonly Rule<MarginEvent>[]]>(), numRuns: 300 },
    );
    expect(named).toBeGreaterThan(60);
  });

  it('that are said to answer every breach open a liquidation for every breach', () => {
    let answered = 0;
    fc.assert(
      fc.property(someRules, (rules) => {
        if (source === undefined) return expect.fail('house has margin rules');
        if (checkBreach(source, rules).length > 0) return;
        answered += 1;
        for (const facts of gridOf(rules)) {
          const isBreach = decimalIn(facts, 'positionCount').gt(0) && decimalIn(facts, 'marginExcess').lt(ZERO);
          if (isBreach) expect(isOpening(chosen(rules, facts))).toBe(true);
        }
      }),
      { ...propertyRuns<[readonly Rule<MarginEvent>[]]>(), numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(20);
  });
});
