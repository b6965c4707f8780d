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
  wordsOf,
} from './reach-cases.ts';
import { shippedFiles } from './shipped-files.ts';

const says = saysOf(marginReachOf);

const never = (path: string): readonly string[] => [`ERROR rule-never-fires $.rules[0].conditions${path}`];

describe('a margin rule that never fires', () => {
  it.each<ReachCase>([
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
    expect(placesOf(marginReachOf(rules))).toEqual([]);
  });

  it('is not one that warns of a debt without a position', () => {
    const held: RuleCase = ['liquidate', 'LIQUIDATE', all('marginExcess < 0', 'positionCount > 0')];
    expect(placesOf(marginReachOf([['debt', 'WARN', all('positionCount = 0', 'marginExcess < 0')], held]))).toEqual([]);
  });
});

describe('a margin rule that never decides', () => {
  it.each<ReachCase>([
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
    expect(placesOf(marginReachOf(rules))).toEqual([]);
  });
});

describe('conditions that cannot be followed', () => {
  it('are said to be so once, as a warning', () => {
    const findings = marginReachOf([['x', 'WARN', all('marginRatio = 0.7', 'marginExcess = 1')], LIQUIDATE]);
    expect(placesOf(findings)).toEqual(['WARNING conditions-undecided $.rules[0].conditions']);
    expect(wordsOf(findings)).toContain('not known whether rule `x` can ever fire');
  });
});
