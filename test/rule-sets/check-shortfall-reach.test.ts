import { describe, expect, it } from 'vitest';
import {
  all,
  leaf,
  marginText,
  not,
  placesOf,
  type ReachCase,
  type RuleCase,
  reachOf,
  saysOf,
  shortfallText,
  wordsOf,
} from './reach-cases.ts';

const ABSORB: RuleCase = ['absorb', 'ABSORB', leaf('shortfall > 0')];
const DELEVERAGE: RuleCase = ['deleverage', 'DELEVERAGE', leaf('residualQuantity > 0')];

const shortfall = (rules: readonly RuleCase[], trigger = 'ORDER_ENDED') =>
  reachOf({ 'shortfall.rules.json': shortfallText(rules, trigger) });

const says = saysOf((rules) => shortfall(rules));

describe('a shortfall rule that never fires', () => {
  it.each<ReachCase>([
    [
      'asks for a status that no market has',
      [ABSORB, DELEVERAGE, ['x', 'HALT', leaf('marketStatus in HALT')]],
      ['ERROR rule-never-fires $.rules[2].conditions'],
      'nothing that a liquidation leaves has `marketStatus` among `HALT`',
    ],
    [
      'asks for a fall of the fund in percent',
      [ABSORB, DELEVERAGE, ['x', 'HALT', leaf('fundDrawdown >= 30')]],
      ['ERROR rule-never-fires $.rules[2].conditions'],
      'it fires only for an overdrawn fund',
    ],
    [
      'lets the fund pay only where nothing is owed',
      [['x', 'ABSORB', leaf('shortfall <= 0')], ABSORB, DELEVERAGE],
      ['ERROR rule-never-fires $.rules[0].conditions'],
      'where there is no `shortfall` to pay',
    ],
    [
      'asks for more than the fund has',
      [ABSORB, DELEVERAGE, ['x', 'HALT', all('fundAvailable > 10', 'fundBalance < 10')]],
      ['ERROR rule-never-fires $.rules[2].conditions.all[1]'],
      '`fundAvailable` above `10` and `fundBalance` below `10`',
    ],
  ])('%s', says);

  it('is not one for an overdrawn fund that has no peak', () => {
    expect(placesOf(shortfall([ABSORB, DELEVERAGE, ['x', 'HALT', leaf('fundBalance < 0')]]))).toEqual([]);
  });
});

describe('a shortfall rule beside others', () => {
  it.each<ReachCase>([
    [
      'is redundant when another brings its event wherever it fires, whatever their priorities',
      [['wide', 'DELEVERAGE', leaf('residualQuantity > 0')], ABSORB, ['narrow', 'DELEVERAGE', leaf('residualQuantity > 7')]],
      ['WARNING rule-redundant $.rules[2].name'],
      'rule `narrow` changes nothing: wherever it fires, rule `wide` brings `DELEVERAGE` too',
    ],
    [
      'is redundant beside two that it takes together',
      [
        ABSORB,
        ['small', 'DELEVERAGE', all('residualQuantity > 0', 'fundDrawdown < 0.5')],
        ['large', 'DELEVERAGE', all('residualQuantity > 0', 'fundDrawdown >= 0.5')],
        DELEVERAGE,
      ],
      ['WARNING rule-redundant $.rules[3].name'],
      'rules `small` and `large` bring `DELEVERAGE` too',
    ],
    [
      'is redundant once, not twice, when two are the same',
      [ABSORB, DELEVERAGE, ['again', 'DELEVERAGE', leaf('residualQuantity > 0')]],
      ['WARNING rule-redundant $.rules[2].name'],
      'rule `again` changes nothing',
    ],
    [
      'never deleverages where it always halts',
      [ABSORB, ['halt', 'HALT', leaf('residualQuantity > 0')], ['x', 'DELEVERAGE', leaf('residualQuantity > 5')]],
      ['ERROR rule-shadowed $.rules[2].name'],
      'wherever it fires, rule `halt` (line 3) halts the case',
    ],
  ])('%s', says);

  it('is neither when each brings another event', () => {
    expect(placesOf(shortfall([ABSORB, DELEVERAGE, ['halt', 'HALT', all('residualQuantity > 0', 'fundDrawdown > 0.9')]]))).toEqual([]);
  });
});

describe('a waterfall that ends nowhere', () => {
  it.each<ReachCase>([
    [
      'leaves small residuals',
      [ABSORB, ['x', 'DELEVERAGE', leaf('residualQuantity >= 1')]],
      ['ERROR waterfall-endless $.rules[1].conditions'],
      'no rule with `DELEVERAGE` or `HALT` fires for residual quantity `0.1`; the residual is offered to the market again at every mark, for ever',
    ],
    [
      'deleverages in some states of the market only',
      [ABSORB, ['x', 'DELEVERAGE', all('residualQuantity > 0', not('marketStatus in REDUCE_ONLY'))]],
      ['ERROR waterfall-endless $.rules[1].conditions.all[1]'],
      'and market status `REDUCE_ONLY`',
    ],
    ['has no rule for residuals', [ABSORB], ['ERROR waterfall-endless $.rules'], 'fires for residual quantity `1000`'],
    [
      'leaves a shortfall while nothing is left of the position',
      [['x', 'ABSORB', all('shortfall > 0', 'fundAvailable > 0')], DELEVERAGE],
      ['ERROR waterfall-endless $.rules[0].conditions.all[1]'],
      'no rule with `ABSORB`, `DELEVERAGE` or `HALT` fires for shortfall `1000`',
    ],
  ])('%s', says);

  it('has a rule that the trigger never lets deleverage', () => {
    const rules: readonly RuleCase[] = [
      ABSORB,
      ['x', 'DELEVERAGE', leaf('fundAvailable > 0')],
      ['halt', 'HALT', leaf('fundAvailable = 0')],
    ];
    const waiting = shortfall(rules, 'FUND_DRAWDOWN');
    expect(placesOf(waiting)).toEqual(['ERROR waterfall-endless $.rules[1].conditions']);
    expect(wordsOf(waiting)).toContain('the trigger `FUND_DRAWDOWN` deleverages only while it is `0`');
    expect(placesOf(shortfall(rules))).toEqual([]);
  });

  it('is none for shortfalls where orders stop at the bankruptcy price and none can be', () => {
    const changed = { 'shortfall.rules.json': shortfallText([DELEVERAGE]) };
    const rules: readonly RuleCase[] = [['liquidate', 'LIQUIDATE', leaf('marginExcess < 0')]];
    expect(placesOf(reachOf(changed))).toEqual(['ERROR waterfall-endless $.rules[0].conditions']);
    expect(placesOf(reachOf({ ...changed, 'margin.rules.json': marginText(rules, 'BANKRUPTCY') }))).toEqual([]);
  });

  it('is none where what is not deleveraged is halted', () => {
    const rules: readonly RuleCase[] = [
      ABSORB,
      ['x', 'DELEVERAGE', all('residualQuantity > 0', 'fundAvailable <= 0')],
      ['halt', 'HALT', all('residualQuantity > 0', 'fundAvailable > 0')],
    ];
    expect(placesOf(shortfall(rules))).toEqual([]);
  });
});
