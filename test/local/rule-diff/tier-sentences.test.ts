import { describe, expect, it } from 'vitest';
import { diffRuleSets } from '#local/rule-diff/diff-rule-sets.ts';
import { guardedAfter, guardedWithTiers, sentences, type TierRow } from './edited-law.ts';

const ONE: readonly TierRow[] = [['0', '-', '0.01', '50']];
const TWO: readonly TierRow[] = [
  ['0', '50000', '0.005', '50'],
  ['50000', '600000', '0.01', '20'],
];

const between = (before: readonly TierRow[], after: readonly TierRow[]): readonly string[] =>
  sentences(guardedWithTiers({ '*': ONE, 'BTC-USDT': before }), guardedWithTiers({ '*': ONE, 'BTC-USDT': after }));

describe('a rate that changed', () => {
  // Long of 100,000 at 100, 20×: margin 5,000, quantity 1,000. P = (100,000 − 5,000 − amount) / (1,000 · (1 − rate)).
  // One tier, no amount: 95,000 / 990 = 95.9596 before, 95,000 / 987.5 = 96.2025 after: 0.2429 of 100.
  it('in the only tier moves the price by the rate alone', () => {
    expect(between([['0', '-', '0.01', '50']], [['0', '-', '0.0125', '50']])).toEqual([
      'BTC-USDT tier 0, above 0: maintenance 1.0 % → 1.25 %; a 100k long at 20× is liquidated 0.24 % earlier',
    ]);
  });

  // Amounts are derived: 50,000 · (0.01 − 0.005) = 250 before, 50,000 · (0.0125 − 0.005) = 375 after.
  // (95,000 − 250) / 990 = 95.7071 before, (95,000 − 375) / 987.5 = 95.8228 after: 0.1157 of 100.
  it('in the second tier moves it by rate and amount, and back by as much', () => {
    const changed: readonly TierRow[] = [TWO[0] ?? ['0', '50000', '0.005'], ['50000', '600000', '0.0125', '20']];
    const band = 'BTC-USDT tier 1, above 50k: maintenance';
    expect(between(TWO, changed)).toEqual([`${band} 1.0 % → 1.25 %; a 100k long at 20× is liquidated 0.12 % earlier`]);
    expect(between(changed, TWO)).toEqual([`${band} 1.25 % → 1.0 %; a 100k long at 20× is liquidated 0.12 % later`]);
  });

  // 10× is the highest that both allow: margin 10,000. 90,000 / 980 = 91.8367 before, 90,000 / 970 = 92.7835 after: 0.9468 of 100.
  it('is shown at the highest leverage that both allow where that is below 20×', () => {
    expect(between([['0', '-', '0.02', '10']], [['0', '-', '0.03', '25']])).toEqual([
      'BTC-USDT tier 0, above 0: maintenance 2.0 % → 3.0 %, maximum leverage 10× → 25×; a 100k long at 10× is liquidated 0.95 % earlier',
    ]);
  });

  // At 1× no fall takes the whole margin; a short of 100,000 has P = (100,000 + 100,000) / (1,000 · (1 + rate)).
  // 200,000 / 1,100 = 181.8182 before, 200,000 / 1,200 = 166.6667 after: 15.1515 of 100.
  it('is shown with a short where a long at 1× is never liquidated', () => {
    expect(between([['0', '-', '0.1', '1']], [['0', '-', '0.2', '1']])).toEqual([
      'BTC-USDT tier 0, above 0: maintenance 10.0 % → 20.0 %; a 100k short at 1× is liquidated 15.15 % earlier',
    ]);
  });

  // 20×: margin 5 % of the value, between the rates of 4 % and 6 %.
  it('says so where the example is liquidated as it opens', () => {
    const [low, high]: readonly (readonly TierRow[])[] = [[['0', '-', '0.04']], [['0', '-', '0.06']]];
    if (low === undefined || high === undefined) throw new Error('two tables');
    expect(between(low, high)).toEqual(['BTC-USDT tier 0, above 0: maintenance 4.0 % → 6.0 %; a 100k long at 20× is liquidated at once']);
    expect(between(high, low)).toEqual([
      'BTC-USDT tier 0, above 0: maintenance 6.0 % → 4.0 %; a 100k long at 20× is no longer liquidated at once',
    ]);
  });

  // At 20× both are liquidated at once; 10×: 90,000 / 940 = 95.7447 before, 90,000 / 920 = 97.8261 after: 2.0814 of 100.
  it('is shown at a lower leverage where both would be liquidated as they open', () => {
    expect(between([['0', '-', '0.06']], [['0', '-', '0.08']])).toEqual([
      'BTC-USDT tier 0, above 0: maintenance 6.0 % → 8.0 %; a 100k long at 10× is liquidated 2.08 % earlier',
    ]);
  });
});

describe('tables on each other', () => {
  // 50,000 · 0.001 = 50 more margin in all of the tier above, at the same rate.
  it('are cut at the floors of both: a boundary that moved, the band between, what follows above', () => {
    const moved: readonly TierRow[] = [
      ['0', '60000', '0.005', '50'],
      ['60000', '600000', '0.01', '20'],
    ];
    // Middle of the band, 55,000 at 20×: margin 2,750, quantity 550. Before, below 50,000 / 550 = 90.9 the first tier would apply; at 95.69 it does not:
    // (52,250 − 250) / (550 · 0.99) = 95.5005 before, 52,250 / (550 · 0.995) = 95.4774 after: 0.0231 of 100.
    expect(between(TWO, moved)).toEqual([
      'BTC-USDT: boundary moved: 50k → 60k: reductions by one tier stop there',
      'BTC-USDT tier 1 → 0, 50k–60k: maintenance 1.0 % → 0.5 %, maximum leverage 20× → 50×; a 55k long at 20× is liquidated 0.02 % later',
      'BTC-USDT tier 1, above 60k: maintenance margin 50 lower at the same rate; by what changed in the tiers below',
    ]);
  });

  it('join neighbours with the same change', () => {
    const rows = (rate: string): readonly TierRow[] => [
      ['0', '1000', rate, '20'],
      ['1000', '2000', rate, '20'],
      ['2000', '3000', '0.03', '20'],
    ];
    expect(between(rows('0.01'), rows('0.02'))).toEqual([
      // 1,000 at 20×: 950 / 9.9 = 95.9596 before, 950 / 9.8 = 96.9388 after: 0.9792 of 100.
      'BTC-USDT tiers 0–1, 0–2k: maintenance 1.0 % → 2.0 %; a 1k long at 20× is liquidated 0.98 % earlier',
      // Amount 2,000 · 0.02 = 40 before, 2,000 · 0.01 = 20 after: 20 less is taken off.
      'BTC-USDT tier 2, above 2k: maintenance margin 20 higher at the same rate; by what changed in the tiers below',
    ]);
  });

  it('tell an added tier without another rate by its boundary alone', () => {
    const split: readonly TierRow[] = [
      ['0', '20000', '0.005', '50'],
      ['20000', '50000', '0.005', '50'],
      ['50000', '600000', '0.01', '20'],
    ];
    expect(between(TWO, split)).toEqual(['BTC-USDT: 2 → 3 tiers, boundaries added at 20k: reductions by one tier stop there']);
    expect(between(split, TWO)).toEqual(['BTC-USDT: 3 → 2 tiers, boundaries removed at 20k: reductions by one tier stop there']);
  });

  it('tell a last cap, which bounds nothing, and a leverage', () => {
    expect(between([['0', '600000', '0.01', '20']], [['0', '-', '0.01', '10']])).toEqual([
      'BTC-USDT: last cap 600k → none: the last tier goes on beyond its cap, so that no maintenance margin changes by it',
      'BTC-USDT tier 0, above 0: maximum leverage 20× → 10×; positions need more margin to be opened',
    ]);
  });
});

describe('a market without a table', () => {
  it('is compared with `*`, and told so', () => {
    const [own, none] = [guardedWithTiers({ '*': ONE, 'BTC-USDT': [['0', '-', '0.015', '50']] }), guardedWithTiers({ '*': ONE })];
    // 95,000 / 985 = 96.4467 with its own, 95,000 / 990 = 95.9596 with `*`: 0.4871 of 100.
    expect(sentences(own, none)).toEqual([
      'BTC-USDT: its own table is removed (1 tier): it takes the table of `*` now',
      'BTC-USDT tier 0, above 0: maintenance 1.5 % → 1.0 %; a 100k long at 20× is liquidated 0.49 % later',
    ]);
    expect(sentences(none, own)).toEqual([
      'BTC-USDT: a table of its own is added (1 tier): before, it took the table of `*`',
      'BTC-USDT tier 0, above 0: maintenance 1.0 % → 1.5 %; a 100k long at 20× is liquidated 0.49 % earlier',
    ]);
  });

  it('says so where `*` says the same, or nothing', () => {
    const [copied, none] = [guardedWithTiers({ '*': ONE, 'BTC-USDT': ONE }), guardedWithTiers({ '*': ONE })];
    expect(sentences(none, copied)).toEqual([
      'BTC-USDT: a table of its own is added (1 tier): before, it took the table of `*`, which says the same',
    ]);
    const [both, one] = [guardedWithTiers({ 'ETH-USDT': ONE, 'BTC-USDT': ONE }), guardedWithTiers({ 'ETH-USDT': ONE })];
    expect(sentences(both, one)).toEqual([
      'BTC-USDT: its own table is removed (1 tier): it has no tiers any more, and positions in it cannot be margined',
    ]);
  });
});

describe('the form', () => {
  const tables = { '*': TWO };

  it('that only names the same function otherwise changes no margin', () => {
    expect(sentences(guardedWithTiers(tables), guardedWithTiers(tables, 'MARGINAL'))).toEqual([
      'margin tiers: form DEDUCTION → MARGINAL: no maintenance margin changes',
    ]);
  });

  // FLAT takes no 250 off above 50,000.
  it('that lets amounts fall away says what that costs, in each market', () => {
    expect(sentences(guardedWithTiers(tables), guardedWithTiers(tables, 'FLAT'))).toEqual([
      'margin tiers: form DEDUCTION → FLAT: see the markets',
      '`*` tier 1, above 50k: maintenance margin 250 higher at the same rate; by the form of the tables',
    ]);
  });
});

describe('shipped tables', () => {
  it('written differently say the same', () => {
    const before = guardedAfter();
    const after = guardedAfter(['margin-tiers.json', '"maintenanceAmount": "1250", ', ''], ['margin-tiers.json', '"0.25"', '"0.250"']);
    expect(sentences(before, after)).toEqual(['`*`: 2 values are written differently: the table says the same by them']);
  });

  it('come in code-unit order of their markets, after all that concerns every market', () => {
    const after = guardedAfter(
      ['margin-tiers.json', '"maximumLeverage": "125"', '"maximumLeverage": "120"'],
      ['margin-tiers.json', '"maximumLeverage": "10"', '"maximumLeverage": "9"'],
      ['safeguards.json', '"0.10"', '"0.20"'],
    );
    const places = diffRuleSets(guardedAfter(), after).changes.map(({ section, marketId }) => marketId ?? section);
    expect(places).toEqual(['SAFEGUARDS', '*', 'BTC-USDT']);
  });
});
