import { describe, expect, it } from 'vitest';
import type { AfterCounterparties } from '#core/adl/after-counterparties-policy.ts';
import { present } from '#core/invariant.ts';
import { sum } from '#core/units/decimal.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { explainDecision } from '#local/explain/explain-decision.ts';
import { decisionsIn } from '#local/explain/read-record.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { booksOf, type Engine, violationsOf } from '../support/delivery.ts';
import { commitsOf, crashingAt } from '../support/other-writer.ts';
import { HOUSE, leaf, withShortfallRule } from '../support/small-law.ts';
import { inputsOf, replayed, type SmallVenue } from '../support/small-venue.ts';
import { waiting } from '../support/wave-stages.ts';

/** A long of 40 that is bankrupt at 99 while the mark is 90; shorts in profit hold 10, forty longs who lose hold 30, and nobody else is there. */
const VENUE: SmallVenue = {
  accounts: [
    'worst | 40 | LONG 40 AAA 100',
    's1 | 900 | SHORT 4 AAA 120',
    's2 | 900 | SHORT 6 AAA 110',
    ...Array.from({ length: 40 }, (_, index) => `l${String(index).padStart(2, '0')} | 300 | LONG 0.75 AAA 101`),
  ].join('\n'),
  fund: '5',
  marks: '0 | 90 | -',
  depthPerMark: { AAA: '0' },
};

const lawWith = (afterCounterparties: AfterCounterparties, rules: 'BESIDE' | 'ALONE' = 'BESIDE'): RuleSet => {
  const law = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalGreaterThan', '0'), { type: 'SOCIALIZE' });
  const kept = law.shortfall.rules.filter(({ event }) => rules === 'BESIDE' || event.type !== 'DELEVERAGE');
  return { ...law, shortfall: { ...law.shortfall, rules: kept }, deleveraging: { ...law.deleveraging, afterCounterparties } };
};

const run = async (law: RuleSet, venue: SmallVenue = VENUE) => {
  const staged = await waiting(venue, law);
  const { engine, commits } = commitsOf(staged.engine);
  await deleverageMarket(engine.ports)(staged.wave, 'AAA', 'LONG');
  return { ...staged, commits };
};

const paidBy = (engine: Engine, accountId: string): string =>
  sum(
    [...engine.store.tables.Journal.values()]
      .filter(({ kind }) => kind === 'SOCIALIZATION')
      .flatMap(({ legs }) => legs.filter(({ account }) => account === `${accountId}#CROSS#USDT`).map(({ value }) => value)),
  ).toFixed();

const cases = ({ store }: Engine) =>
  [...store.tables.Cases.values()].map(
    ({ state, legs }) => `${state} ${legs[0]?.residualQuantity.toFixed()} ${legs[0]?.contributed.toFixed()}`,
  );

const takenOver = ({ store }: Engine): string =>
  sum(
    [...store.tables.Journal.values()].flatMap(({ legs }) =>
      legs.filter(({ account }) => account === 'TAKEOVER#usdt').map(({ quantity }) => quantity),
    ),
  ).toFixed();

describe('a loss that is shared out over open interest', () => {
  const LAW = lawWith('SOCIALIZE_OVER_OPEN_INTEREST');

  it('is paid by everybody in the market for what counterparties left, in proportion to contracts, and closes the case', async () => {
    const { engine, commits } = await run(LAW);
    // Counterparties took 10 at 99; 30 are left, 9 each at the mark: 270 over the contracts of 30 longs. The shorts have given theirs.
    expect(cases(engine)).toEqual(['CLOSED_ADL 0 0']);
    expect(takenOver(engine)).toBe('30');
    expect(['l00', 'l39', 's1'].map((accountId) => paidBy(engine, accountId))).toEqual(['-6.75', '-6.75', '0']);
    expect(Math.max(...commits.map((writes) => writes.length))).toBeLessThan(100);
    expect(violationsOf(engine)).toEqual([]);
  });

  it('crashed anywhere, ends the same to the last quantum with the next delivery', async () => {
    const whole = await run(LAW);
    for (let k = 1; k <= whole.commits.length; k += 1)
      for (const moment of ['BEFORE', 'AFTER'] as const) {
        const { engine, wave } = await waiting(VENUE, LAW);
        await expect(deleverageMarket(crashingAt(engine, k, moment).ports)(wave, 'AAA', 'LONG')).rejects.toThrow();
        await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
        expect(booksOf(engine), `crashed ${moment} commit ${k}`).toEqual(booksOf(whole.engine));
        expect(violationsOf(engine)).toEqual([]);
      }
  });

  it('is recorded so that anyone can share it out again', async () => {
    const { record } = await replayed(VENUE, LAW);
    const terms = new Map(inputsOf(VENUE, LAW).initial.markets.map((market) => [market.terms.marketId, market.terms] as const));
    const file = { file: 'record.jsonl', ruleSet: LAW, terms, lines: record.lines };
    const [decision] = decisionsIn(file, 'DELEVERAGING', ({ kind }) => kind === 'DELEVERAGING');
    const { says, recomputes } = await explainDecision(file, present(decision, 'a deleveraging'));
    expect(recomputes).toBe(true);
    expect(says.slice(-2)).toEqual(['30 closed at the mark with what was paid', 'residual 0: INFEASIBLE']);
  });
});

describe('a loss that is shared out over winners', () => {
  it('is paid by those in profit alone, when nobody is deleveraged before', async () => {
    const { engine } = await run(lawWith('SOCIALIZE_OVER_WINNERS', 'ALONE'));
    // Profits of 4 · 30 and 6 · 20; 40 contracts miss 360 and the winners have 240: 26.666 are paid for.
    expect(cases(engine)).toEqual(['ADL_EXHAUSTED 13.334 0']);
    expect(takenOver(engine)).toBe('26.666');
    expect(['s1', 's2', 'l00'].map((accountId) => paidBy(engine, accountId))).toEqual(['-119.997', '-119.997', '0']);
    expect(violationsOf(engine)).toEqual([]);
  });
});

describe('without a policy for it', () => {
  it('SOCIALIZE leaves open what counterparties leave', async () => {
    const { engine } = await run(lawWith('CARRY_AND_HALT'));
    expect(cases(engine)).toEqual(['ADL_EXHAUSTED 30 0']);
    expect(paidBy(engine, 'l00')).toBe('0');
  });
});
