import { describe, expect, it } from 'vitest';
import { shippedFiles } from '../../rule-sets/shipped-files.ts';
import { type Edit, guardedAfter, sentences } from './edited-law.ts';

const guarded = guardedAfter();

const margin = (from: string, to: string): Edit => ['margin.rules.json', from, to];
const short = (from: string, to: string): Edit => ['shortfall.rules.json', from, to];

const WARN = '[{ "fact": "marginRatio", "operator": "decimalAtLeast", "value": "0.8" }]';
const leaf = (fact: string, operator: string, value: string): string =>
  `{ "fact": "${fact}", "operator": "${operator}", "value": "${value}" }`;
const warnsWhen = (conditions: string): Edit => margin(`"all": ${WARN}`, conditions);

/** The whole of the rule `warn`, so that it can be taken out. */
const LAST_RULE = /,\s*\{\s*"notes": "0\.8:[\s\S]*?"event": \{ "type": "WARN" \}\s*\}/;

describe('a threshold that moved', () => {
  it.each([
    ['marginRatio', 'decimalAtLeast', '0.7', 'margin ratio at or above 0.8 → 0.7: pools are warned earlier'],
    ['marginRatio', 'decimalAtLeast', '0.9', 'margin ratio at or above 0.8 → 0.9: pools are warned later'],
    ['marginRatio', 'decimalGreaterThan', '0.8', 'margin ratio at or above 0.8 → above 0.8: pools are warned later'],
    ['marginRatio', 'decimalAtLeast', '0.80', 'margin ratio at or above 0.8 → 0.80: the same cases as before'],
    ['marginRatio', 'decimalEqual', '0.8', 'margin ratio at or above 0.8 → exactly 0.8: pools are warned in fewer cases'],
    ['marginRatio', 'decimalLessThan', '0.8', 'margin ratio at or above 0.8 → below 0.8: pools are warned in other cases'],
    [
      'effectiveLeverage',
      'decimalAtLeast',
      '50',
      'margin ratio at or above 0.8 → effective leverage at or above 50: pools are warned in other cases',
    ],
  ])('%s %s %s', (fact, operator, value, says) =>
    expect(sentences(guarded, guardedAfter(warnsWhen(`"all": [${leaf(fact, operator, value)}]`)))).toEqual([
      `rule \`warn\`: fires when ${says}`,
    ]),
  );

  it('is told with its rule, and that the other conditions stay', () => {
    const edited = guardedAfter(margin('"operator": "decimalLessThan", "value": "0"', '"operator": "decimalLessThan", "value": "1000"'));
    expect(sentences(guarded, edited)).toEqual([
      'rule `reduce-to-tier`: fires when margin excess below 0 → 1,000, its other conditions as before: pools are reduced earlier',
    ]);
  });

  it('turns round below `not`', () => {
    const [one, other] = ['0.8', '0.7'].map((value) => guardedAfter(warnsWhen(`"not": ${leaf('marginRatio', 'decimalLessThan', value)}`)));
    if (one === undefined || other === undefined) throw new Error('two laws');
    expect(sentences(one, other)).toEqual(['rule `warn`: fires when not margin ratio below 0.8 → 0.7: pools are warned in more cases']);
    expect(sentences(guarded, one)).toEqual([
      'rule `warn`: fires when margin ratio at or above 0.8 → when not margin ratio below 0.8: the same cases as before',
    ]);
  });
});

describe('a condition that was added', () => {
  const more = `"all": [${leaf('marginRatio', 'decimalAtLeast', '0.8')}, ${leaf('notionalValue', 'decimalGreaterThan', '1000')}]`;

  it('to `all` narrows the rule, and widens it when it goes', () => {
    const narrower = guardedAfter(warnsWhen(more));
    expect(sentences(guarded, narrower)).toEqual([
      'rule `warn`: fires when margin ratio at or above 0.8 → when margin ratio at or above 0.8 and notional value above 1,000: pools are warned in fewer cases',
    ]);
    expect(sentences(narrower, guarded)).toEqual([
      'rule `warn`: fires when margin ratio at or above 0.8 and notional value above 1,000 → when margin ratio at or above 0.8: pools are warned in more cases',
    ]);
  });

  it('to `any` widens it', () => {
    const wider = guardedAfter(warnsWhen(more.replace('all', 'any')));
    expect(sentences(guarded, wider)).toEqual([
      'rule `warn`: fires when margin ratio at or above 0.8 → when margin ratio at or above 0.8 or notional value above 1,000: pools are warned in more cases',
    ]);
  });
});

describe('ids that joined a list', () => {
  const halts = (ids: string): Edit =>
    short(
      '"rules": [',
      `"rules": [{ "name": "halt", "priority": 30, "conditions": { "fact": "marketStatus", "operator": "oneOf", "value": ${ids} }, "event": { "type": "HALT" } },`,
    );

  it('widen the rule; another order changes nothing', () => {
    const [few, many, turned] = ['["SETTLING"]', '["SETTLING", "HALTED"]', '["HALTED", "SETTLING"]'].map((ids) => guardedAfter(halts(ids)));
    if (few === undefined || many === undefined || turned === undefined) throw new Error('three laws');
    expect(sentences(few, many)).toEqual([
      'shortfall rule `halt`: fires when market status one of `SETTLING` → `SETTLING`, `HALTED`: markets are halted in more cases',
    ]);
    expect(sentences(many, turned)).toEqual([
      'shortfall rule `halt`: fires when market status one of `SETTLING`, `HALTED` → `HALTED`, `SETTLING`: the same cases as before',
    ]);
  });
});

describe('a rule', () => {
  it('that was removed or added is told whole', () => {
    const removed = guardedAfter(margin(LAST_RULE.exec(shippedFiles('house-guarded')['margin.rules.json'] ?? '')?.[0] ?? 'nothing', ''));
    expect(sentences(guarded, removed)).toEqual(['rule `warn`: is removed, priority 10: WARN when margin ratio at or above 0.8']);
    expect(sentences(removed, guarded)).toEqual(['rule `warn`: is added, priority 10: WARN when margin ratio at or above 0.8']);
  });

  it('with another name and the same content is renamed', () => {
    const renamed = guardedAfter(margin('"name": "warn"', '"name": "early-warning"'));
    expect(sentences(guarded, renamed)).toEqual(['rule `warn`: is renamed `early-warning`: its conditions and its event are the same']);
  });

  it('with another name and another condition is another rule', () => {
    const other = guardedAfter(margin('"name": "warn"', '"name": "early"'), margin('"0.8" }]', '"0.7" }]'));
    expect(sentences(guarded, other)).toEqual([
      'rule `early`: is added, priority 10: WARN when margin ratio at or above 0.7',
      'rule `warn`: is removed, priority 10: WARN when margin ratio at or above 0.8',
    ]);
  });

  it('with another event says which, with what belongs to it', () => {
    const fraction = (share: string) =>
      guardedAfter(margin('{ "type": "REDUCE_TO_TIER" }', `{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": "${share}" } }`));
    expect(sentences(guarded, fraction('0.25'))).toEqual(['rule `reduce-to-tier`: REDUCE_TO_TIER → REDUCE_BY_FRACTION (fraction 0.25)']);
    expect(sentences(fraction('0.25'), guarded)).toEqual(['rule `reduce-to-tier`: REDUCE_BY_FRACTION (fraction 0.25) → REDUCE_TO_TIER']);
    expect(sentences(fraction('0.25'), fraction('0.5'))).toEqual([
      'rule `reduce-to-tier`: fraction of every position that is closed 25 % → 50 %: more is closed at once',
    ]);
  });
});

describe('priorities', () => {
  it('that leave the order as it was change nothing', () => {
    expect(sentences(guarded, guardedAfter(margin('"priority": 30', '"priority": 31')))).toEqual([
      'rule `reduce-to-tier`: priority 30 → 31: asked in the same order as before',
    ]);
  });

  it('that turn two rules round say which decides now', () => {
    // Whole closes up to tier 1, reductions from tier 1 up: neither is in the other's shadow, and in tier 1 both fire.
    const excess = leaf('marginExcess', 'decimalLessThan', '0');
    const small = margin(`"all": [${excess}]`, `"all": [${excess}, ${leaf('tierIndex', 'decimalAtMost', '1')}]`);
    expect(sentences(guardedAfter(small), guardedAfter(small, margin('"priority": 30', '"priority": 15')))).toEqual([
      'margin rules: asked in the order `reduce-to-tier`, `liquidate`, `warn` → `liquidate`, `reduce-to-tier`, `warn`: ' +
        'where both fire, `liquidate` decides instead of `reduce-to-tier`',
    ]);
  });

  it('of a warning change no decision', () => {
    expect(sentences(guarded, guardedAfter(margin('"priority": 10', '"priority": 25')))).toEqual([
      'margin rules: asked in the order `reduce-to-tier`, `liquidate`, `warn` → `reduce-to-tier`, `warn`, `liquidate`: no decision changes',
    ]);
  });

  it('of shortfall rules change no outcome', () => {
    expect(sentences(guarded, guardedAfter(short('"priority": 10', '"priority": 30')))).toEqual([
      'shortfall rules: asked in the order `absorb`, `deleverage` → `deleverage`, `absorb`: every rule that fires counts, so that no outcome changes',
    ]);
  });
});
