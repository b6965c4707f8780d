import { describe, expect, it } from 'vitest';
import {
  all,
  LIQUIDATE,
  leaf,
  marginReachOf,
  marginText,
  not,
  placesOf,
  type ReachCase,
  type RuleCase,
  reachOf,
  saysOf,
} from './reach-cases.ts';
import { shippedFiles } from './shipped-files.ts';

const says = saysOf(marginReachOf);

describe('a margin rule without a bound', () => {
  it.each<ReachCase>([
    [
      'has an inverted margin excess',
      [
        ['x', 'LIQUIDATE', leaf('marginExcess > 0')],
        ['y', 'LIQUIDATE', leaf('marginExcess < 0')],
      ],
      ['ERROR margin-rule-unbounded $.rules[0].conditions.operator'],
      '`marginExcess` above `0` holds for every pool that is well; a pool with margin excess `991` and margin ratio `0.009` would be closed whole; write "decimalLessThan"',
    ],
    [
      'has an inverted margin ratio',
      [['x', 'TAKE_OVER', all('tierIndex > 0', 'marginRatio <= 1')], LIQUIDATE],
      ['ERROR margin-rule-unbounded $.rules[0].conditions.all[1].operator'],
      'and tier index `1` would be taken over by the fund; write "decimalAtLeast"',
    ],
    [
      'negates the comparison that would bound it',
      [['x', 'REDUCE_TO_TIER', not('marginRatio > 1')], LIQUIDATE],
      ['ERROR margin-rule-unbounded $.rules[0].conditions.not.operator'],
      'not `marginRatio` above `1` holds for every pool that is well',
    ],
    [
      'asks about size alone',
      [['x', 'REDUCE_BY_FRACTION', leaf('notionalValue > 1000000')], LIQUIDATE],
      ['ERROR margin-rule-unbounded $.rules[0].conditions'],
      'nothing in it bounds `marginExcess` from above or `marginRatio` from below',
    ],
    [
      'lets size alone do beside a bound',
      [['x', 'LIQUIDATE', { any: [leaf('marginExcess < 0'), leaf('positionCount > 9')] }]],
      ['ERROR margin-rule-unbounded $.rules[0].conditions'],
      'position count `10` would be closed whole',
    ],
    [
      'has a bound that bounds nothing',
      [['x', 'LIQUIDATE', leaf('marginRatio >= 0')]],
      ['ERROR margin-rule-unbounded $.rules[0].conditions'],
      'add a comparison such as `marginExcess` `decimalLessThan` "0"',
    ],
    [
      'only warns, which costs nobody a position',
      [['x', 'WARN', leaf('notionalValue > 1000000')], LIQUIDATE],
      ['WARNING margin-rule-unbounded $.rules[0].conditions'],
      'would be warned',
    ],
  ])('%s', says);
});

describe('a margin rule that acts on healthy pools', () => {
  it.each<ReachCase>([
    [
      'acts while some excess is left',
      [['x', 'LIQUIDATE', leaf('marginExcess < 1000')]],
      ['WARNING liquidates-healthy $.rules[0].conditions.value'],
      'compare `marginExcess` with "0"',
    ],
    [
      'acts before the ratio reaches 1',
      [['x', 'REDUCE_BY_FRACTION', all('marginRatio >= 0.9', 'tierIndex > 0')], LIQUIDATE],
      ['WARNING liquidates-healthy $.rules[0].conditions.all[0].value'],
      'compare `marginRatio` with "1"',
    ],
  ])('%s', says);

  it.each<readonly [string, object]>([
    ['acts exactly at maintenance margin', leaf('marginRatio >= 1')],
    ['acts at no excess', leaf('marginExcess <= 0')],
  ])('is not one that %s', (_, conditions) => {
    expect(placesOf(marginReachOf([['x', 'LIQUIDATE', conditions]]))).toEqual([]);
  });
});

describe('a breach without an answer', () => {
  it.each<ReachCase>([
    [
      'is smaller than the rule asks for',
      [['x', 'LIQUIDATE', leaf('marginExcess < -5')]],
      ['ERROR breach-unanswered $.rules[0].conditions'],
      'no rule that acts fires for a pool below its maintenance margin: margin balance `1000`, margin excess `-1` and margin ratio `1.001`',
    ],
    [
      'is in the lowest tier',
      [['x', 'REDUCE_TO_TIER', all('marginExcess < 0', 'tierIndex > 0')]],
      ['ERROR breach-unanswered $.rules[0].conditions.all[1]'],
      'tier index `0`; the pool stays open and goes on losing',
    ],
    [
      'only gets a warning',
      [['x', 'WARN', leaf('marginExcess < 0')]],
      ['ERROR breach-unanswered $.rules'],
      'let a rule that liquidates hold',
    ],
    [
      'lies between the bounds of two rules',
      [
        ['x', 'LIQUIDATE', leaf('marginRatio > 1.5')],
        ['y', 'REDUCE_TO_TIER', all('marginExcess < 0', 'marginRatio < 1.25')],
      ],
      ['ERROR breach-unanswered $.rules[1].conditions.all[1]'],
      'below its maintenance margin',
    ],
  ])('%s', says);

  it('is none where the mark is too old to judge by', () => {
    const rules: readonly RuleCase[] = [['x', 'LIQUIDATE', all('marginExcess < 0', 'markAge <= 60')]];
    const safeguards = shippedFiles('house-guarded')['safeguards.json'] ?? '';
    expect(placesOf(marginReachOf(rules))).toEqual(['ERROR breach-unanswered $.rules[0].conditions.all[1]']);
    expect(placesOf(reachOf({ 'margin.rules.json': marginText(rules), 'safeguards.json': safeguards }))).toEqual([]);
  });
});
