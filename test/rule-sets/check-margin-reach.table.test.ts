import { describe, expect, it } from 'vitest';
import { all, leaf, marginText, not, placesOf, type RuleCase, reachOf, wordsOf } from './reach-cases.ts';
import { shippedFiles } from './shipped-files.ts';

/** Answers every breach, so that a case shows its own finding only. */
const LIQUIDATE: RuleCase = ['liquidate', 'LIQUIDATE', leaf('marginExcess < 0')];

type Case = readonly [claim: string, rules: readonly RuleCase[], places: readonly string[], words: string];

const margin = (rules: readonly RuleCase[]) => reachOf({ 'margin.rules.json': marginText(rules) });

const says: (claim: string, rules: readonly RuleCase[], places: readonly string[], words: string) => void = (_, rules, places, words) => {
  const findings = margin(rules);
  expect(placesOf(findings)).toEqual(places);
  expect(wordsOf(findings)).toContain(words);
};

const never = (path: string): readonly string[] => [`ERROR rule-never-fires $.rules[0].conditions${path}`];

describe('a margin rule that never fires', () => {
  it.each<Case>([
    [
      'asks for a tier below the lowest',
      [['x', 'LIQUIDATE', all('marginExcess < 0', 'tierIndex < 0')], LIQUIDATE],
      never('.all[1]'),
      'rule `x` can never fire: no pool has `tierIndex` below `0`',
    ],
    [
      'asks for two things that exclude each other',
      [['x', 'LIQUIDATE', all('marginExcess < 0', 'tierIndex > 0', 'marginExcess > 5')], LIQUIDATE],
      never('.all[2]'),
      'no pool has `marginExcess` below `0` and `marginExcess` above `5`',
    ],
    [
      'asks for a breach at a healthy ratio',
      [['x', 'LIQUIDATE', all('marginExcess < 0', 'marginRatio <= 1', 'positionCount > 0')], LIQUIDATE],
      never('.all[2]'),
      'no pool has `marginExcess` below `0` and `marginRatio` at or below `1` and `positionCount` above `0`',
    ],
    [
      'asks for a fraction of a position',
      [['x', 'WARN', leaf('positionCount = 1.5')], LIQUIDATE],
      never(''),
      'no pool has `positionCount` equal to `1.5`',
    ],
    [
      'has alternatives of which none can be',
      [
        ['x', 'LIQUIDATE', all('marginExcess < 0', { any: [leaf('marginExcess > 1'), all('positionCount > 0', 'marginRatio < 0.5')] })],
        LIQUIDATE,
      ],
      never('.all[1]'),
      'no pool has `marginExcess` below `0` and what is left of an `any`',
    ],
    [
      'negates what always is',
      [['x', 'LIQUIDATE', not('markAge >= 0')], LIQUIDATE],
      never(''),
      'no pool has not `markAge` at or above `0`',
    ],
    [
      'reduces only pools that close whole anyway',
      [['x', 'REDUCE_TO_TIER', leaf('marginBalance <= 0')], LIQUIDATE],
      never(''),
      'insolvent pools, which close whole whatever the rules say',
    ],
    [
      'closes only pools without a position',
      [['x', 'LIQUIDATE', all('positionCount = 0', 'marginExcess < 0')], LIQUIDATE],
      never(''),
      'pools without a position',
    ],
  ])('%s', says);

  it('fires only for marks that are too old to judge by', () => {
    const rules: readonly RuleCase[] = [['x', 'LIQUIDATE', all('markAge > 60', 'marginExcess < 0')], LIQUIDATE];
    const safeguards = shippedFiles('house-guarded')['safeguards.json'] ?? '';
    const findings = reachOf({ 'margin.rules.json': marginText(rules), 'safeguards.json': safeguards });
    expect(placesOf(findings)).toEqual(never(''));
    expect(wordsOf(findings)).toContain('whose marks are too old to be judged');
    expect(placesOf(margin(rules))).toEqual([]);
  });

  it('is not one that warns of a debt without a position', () => {
    const held: RuleCase = ['liquidate', 'LIQUIDATE', all('marginExcess < 0', 'positionCount > 0')];
    expect(placesOf(margin([['debt', 'WARN', all('positionCount = 0', 'marginExcess < 0')], held]))).toEqual([]);
  });
});

describe('a margin rule that never decides', () => {
  it.each<Case>([
    [
      'is shadowed by a wider one above it',
      [LIQUIDATE, ['reduce', 'REDUCE_TO_TIER', all('marginExcess < 0', 'tierIndex > 0')]],
      ['ERROR rule-shadowed $.rules[1].name'],
      'rule `reduce` never decides: wherever it fires, rule `liquidate` (line 2) decides first',
    ],
    [
      'is shadowed by two that it takes together',
      [
        ['small', 'LIQUIDATE', all('marginExcess < 0', 'tierIndex = 0')],
        ['idle', 'TAKE_OVER', all('marginExcess < -500', 'tierIndex > 9')],
        ['large', 'REDUCE_TO_TIER', all('marginExcess < 0', 'tierIndex > 0')],
        ['rest', 'REDUCE_BY_FRACTION', leaf('marginExcess < 0')],
      ],
      ['ERROR rule-shadowed $.rules[3].name'],
      'rules `small` and `large` (lines 2 and 4) decide first; no pool is ever given `REDUCE_BY_FRACTION` by this rule: every pool it is for gets `LIQUIDATE` or `REDUCE_TO_TIER` instead',
    ],
    [
      'is a warning where a rule below it acts',
      [['warn', 'WARN', leaf('marginRatio > 1.1')], LIQUIDATE],
      ['ERROR rule-shadowed $.rules[0].name'],
      'rule `warn` never decides: wherever it fires, rule `liquidate` (line 3) decides first',
    ],
    [
      'is a warning below a wider warning',
      [LIQUIDATE, ['early', 'WARN', leaf('marginRatio >= 0.7')], ['late', 'WARN', leaf('marginRatio >= 0.8')]],
      ['ERROR rule-shadowed $.rules[2].name'],
      'rule `early` (line 3) decides first',
    ],
    [
      'reduces solvent pools that another closes, insolvent ones closing anyway',
      [
        ['close', 'LIQUIDATE', all('marginExcess < 0', 'marginBalance > 0')],
        ['x', 'REDUCE_TO_TIER', leaf('marginExcess < 0')],
      ],
      ['ERROR rule-shadowed $.rules[1].name'],
      'rule `close`',
    ],
  ])('%s', says);

  it.each<readonly [string, readonly RuleCase[]]>([
    ['a wider rule below a narrower one', [['reduce', 'REDUCE_TO_TIER', all('marginExcess < 0', 'tierIndex > 0')], LIQUIDATE]],
    ['a warning that begins before the breach', [['warn', 'WARN', leaf('marginRatio >= 0.8')], LIQUIDATE]],
    [
      'an action below a warning',
      [
        ['warn', 'WARN', leaf('marginRatio >= 0.8')],
        ['x', 'LIQUIDATE', leaf('marginRatio >= 1')],
      ],
    ],
    [
      'a hand-over of insolvent pools below a close of solvent ones',
      [
        ['close', 'LIQUIDATE', all('marginExcess < 0', 'marginBalance > 0')],
        ['x', 'TAKE_OVER', leaf('marginExcess < 0')],
      ],
    ],
  ])('is not %s', (_, rules) => {
    expect(placesOf(margin(rules))).toEqual([]);
  });
});

describe('a margin rule without a bound', () => {
  it.each<Case>([
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
  it.each<Case>([
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
    expect(placesOf(margin([['x', 'LIQUIDATE', conditions]]))).toEqual([]);
  });
});

describe('a breach without an answer', () => {
  it.each<Case>([
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
    expect(placesOf(margin(rules))).toEqual(['ERROR breach-unanswered $.rules[0].conditions.all[1]']);
    expect(placesOf(reachOf({ 'margin.rules.json': marginText(rules), 'safeguards.json': safeguards }))).toEqual([]);
  });
});

describe('conditions that cannot be followed', () => {
  it('are said to be so once, as a warning', () => {
    const findings = margin([['x', 'WARN', all('marginRatio = 0.7', 'marginExcess = 1')], LIQUIDATE]);
    expect(placesOf(findings)).toEqual(['WARNING conditions-undecided $.rules[0].conditions']);
    expect(wordsOf(findings)).toContain('not known whether rule `x` can ever fire');
  });
});
