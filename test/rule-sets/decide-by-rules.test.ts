import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideShortfall } from '#core/insurance/settle-outcome.ts';
import type { MarginEvent } from '#core/policy.ts';
import { Decimal } from '#core/units/decimal.ts';
import { evaluateCompiled } from '#rule-sets/compile-rules.ts';
import { agreedVerdicts, decideByBoth, decideByRules } from '#rule-sets/decide-by-rules.ts';
import { evaluateRules } from '#rule-sets/evaluate-rules.ts';
import type { Facts } from '#rule-sets/facts.ts';
import type { Condition, Leaf, Rule, RuleSet, ShortfallEvent } from '#rule-sets/rule-set.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { HOUSE } from '../support/small-law.ts';
import { recorded, replayed } from '../support/small-venue.ts';
import { anyChoices, anyLaw, factsUnder } from './arbitrary-pairs.ts';

const leaf = (fact: Leaf['fact'], operator: Leaf['operator'], value: string, threshold = value): Leaf => ({
  fact,
  operator,
  value,
  threshold: new Decimal(threshold),
});

const rule = <Event>(name: string, priority: number, conditions: Condition, event: Event): Rule<Event> => ({
  name,
  priority,
  conditions,
  event,
});

const facts = (values: Readonly<Record<string, string>>): Facts =>
  new Map(Object.entries(values).map(([name, value]) => [name, new Decimal(value)]));

/** Read by its text, which no loader would let differ from its number, the first comparison holds for 3; read by its number it does not. */
const torn = (fact: Leaf['fact']): readonly [Leaf, Leaf] => [leaf(fact, 'decimalLessThan', '1'), leaf(fact, 'decimalLessThan', '1', '5')];

const DISAGREEMENT = 'the evaluators disagree: json-rules-engine says `FIRED`, the compiled rules say `SILENT`';

describe('a decision by rules', () => {
  it('has the verdicts of the rule engine, whatever the rules and the facts', async () => {
    await fc.assert(
      fc.asyncProperty(anyLaw, anyChoices, async (rules, choices) => {
        const known = factsUnder(rules, choices);
        const verdicts = await evaluateRules(rules, known);
        expect(await decideByRules(rules, known)).toEqual(verdicts);
        expect(await decideByBoth(rules, known)).toEqual(verdicts);
      }),
      propertyRuns(),
    );
  });

  it('is none for no rules', async () => expect(await decideByRules([], new Map())).toEqual([]));

  it('is an error that names both outcomes where the evaluators disagree, for that rule alone', async () => {
    const [below, above] = torn('shortfall');
    const rules = [rule('absorb', 2, below, 'A'), rule('deleverage', 1, above, 'B')];
    expect(await decideByRules(rules, facts({ shortfall: '3' }))).toEqual([
      { rule: 'absorb', priority: 2, event: 'A', outcome: 'ERROR', error: DISAGREEMENT },
      { rule: 'deleverage', priority: 1, event: 'B', outcome: 'FIRED', error: null },
    ]);
  });

  it('that is an error allows nothing and halts the case', async () => {
    const [below, above] = torn('shortfall');
    const rules: readonly Rule<ShortfallEvent>[] = [
      rule('absorb', 2, below, { type: 'ABSORB' }),
      rule('deleverage', 1, above, { type: 'DELEVERAGE' }),
    ];
    expect(decideShortfall(await decideByBoth(rules, facts({ shortfall: '3' })))).toEqual({
      absorbs: false,
      deleverages: false,
      socializes: false,
      halts: true,
      error: `rule \`absorb\`: ${DISAGREEMENT}`,
    });
  });

  it('takes a verdict that only one evaluator gave for a disagreement', () => {
    const [fired] = evaluateCompiled([rule('a', 1, leaf('shortfall', 'decimalAtLeast', '0'), 'A')], facts({ shortfall: '0' }));
    expect(fired === undefined ? [] : agreedVerdicts([fired], [])).toMatchObject([{ outcome: 'ERROR' }]);
  });
});

describe('a pool', () => {
  const marginRules = (rules: readonly Rule<MarginEvent>[]): RuleSet => ({ ...HOUSE, margin: { ...HOUSE.margin, rules } });
  const choiceAt = async (mark: string, ruleSet: RuleSet): Promise<unknown> => {
    const outcome = await replayed({ accounts: 'a | 10 | LONG 1 AAA 100', marks: `0 | ${mark} | -` }, ruleSet);
    return recorded(outcome, 'MARGIN')[0]?.choice;
  };

  it('is refused, neither liquidated nor called safe, where the evaluators disagree', async () => {
    const [below, above] = torn('marginBalance');
    const ruleSet = marginRules([rule('liquidate', 20, below, { type: 'LIQUIDATE' }), rule('warn', 10, above, { type: 'WARN' })]);
    expect(await choiceAt('93', ruleSet)).toEqual({ kind: 'REFUSED', reason: `rule \`liquidate\`: ${DISAGREEMENT}` });
  });

  it('that is insolvent is put to both evaluators even where the compiled rules are silent, since it closes all the same', async () => {
    const takeOver = rule('take-over', 20, leaf('marginBalance', 'decimalLessThan', '1', '-9'), { type: 'TAKE_OVER' as const });
    const never = { all: [leaf('marginBalance', 'decimalLessThan', '1', '5'), leaf('positionCount', 'decimalGreaterThan', '9')] };
    const ruleSet = marginRules([takeOver, rule('warn', 10, never, { type: 'WARN' })]);
    expect(await choiceAt('87', ruleSet)).toEqual({ kind: 'REFUSED', reason: `rule \`take-over\`: ${DISAGREEMENT}` });
  });
});

describe('compiled rules', () => {
  it.each<[string, Leaf, string]>([
    ['no threshold', { ...leaf('shortfall', 'decimalLessThan', '1'), threshold: null }, 'the threshold is not a decimal'],
    ['an endless threshold', leaf('shortfall', 'decimalLessThan', '1', 'Infinity'), 'the threshold is `Infinity`'],
    ['a text for ids', { fact: 'marketStatus', operator: 'oneOf', value: 'ACTIVE', threshold: null }, 'the ids are not a list'],
    ['ids for a number', { fact: 'shortfall', operator: 'oneOf', value: ['1'], threshold: null }, 'the fact is not an id'],
    ['an operator of numbers for an id', leaf('marketStatus', 'decimalEqual', '1'), 'the fact is not a decimal'],
  ])('are in error for a comparison with %s, as the rule engine is', async (_claim, broken, error) => {
    const known = new Map([...facts({ shortfall: '0' }), ['marketStatus', 'ACTIVE'] as const]);
    const rules = [rule('a', 1, { any: [broken, leaf('shortfall', 'decimalEqual', '0')] }, 'A')];
    expect(evaluateCompiled(rules, known)).toMatchObject([{ outcome: 'ERROR', error }]);
    expect(evaluateCompiled(rules, known)).toEqual(await evaluateRules(rules, known));
  });

  it.each<[string, Condition]>([
    ['all', { all: [] }],
    ['any', { any: [] }],
    ['all', { any: [{ all: [] }, leaf('shortfall', 'decimalEqual', '0')] }],
  ])('are in error for an empty `%s`, which would hold for everybody', (_claim, conditions) => {
    expect(evaluateCompiled([rule('a', 1, conditions, 'A')], facts({ shortfall: '0' }))).toMatchObject([
      { outcome: 'ERROR', error: 'a list of conditions is empty' },
    ]);
  });
});
