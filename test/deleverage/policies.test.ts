import { describe, expect, it } from 'vitest';
import { present } from '#core/invariant.ts';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { decimal, sum, ZERO } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { booksOf, type Engine, violationsOf } from '../support/delivery.ts';
import { commitsOf, crashingAt, touchFund, touchPool, withOtherWriter } from '../support/other-writer.ts';
import { HOUSE } from '../support/small-law.ts';
import { replayed, type SmallVenue } from '../support/small-venue.ts';
import { waiting } from '../support/wave-stages.ts';

const shortId = (index: number): string => `s${String(index).padStart(2, '0')}`;

/**
 * 40 shorts of two contracts, each a little less ahead than the one before; two longs whose orders find no market. At a mark of 90 the first is bankrupt at 99, the
 * second at 98: the difference to the mark is 9 · 35 and 8 · 30, together 555 and fees.
 */
const VENUE: SmallVenue = {
  accounts: [
    'worst | 35 | LONG 35 AAA 100',
    'second | 60 | LONG 30 AAA 100',
    ...Array.from({ length: 40 }, (_, index) => `${shortId(index)} | 90 | SHORT 2 AAA ${120 - index / 5}`),
  ].join('\n'),
  fund: '400',
  marks: '0 | 90 | -',
  takerFeeRate: '0.0005',
  depthPerMark: { AAA: '0' },
  lotSize: '1',
};

const lawWith = (changes: Partial<Pick<DeleveragingPolicy, 'allocation' | 'severity' | 'settlementPrice'>>): RuleSet => ({
  ...HOUSE,
  deleveraging: { ...HOUSE.deleveraging, ...changes },
});

const BUDGET = { kind: 'BUDGET_OF_WAVE', amount: money(decimal('400')), maximumOvershoot: ratio(ZERO) } as const;

const LAWS: readonly (readonly [what: string, law: RuleSet])[] = [
  ['pro rata by profit', lawWith({ allocation: 'PRO_RATA_BY_PROFIT' })],
  ['leverage drain at the mark', lawWith({ allocation: 'LEVERAGE_DRAIN', settlementPrice: 'MARK' })],
  ['capped pro rata within a budget of the wave', lawWith({ allocation: 'CAPPED_PRO_RATA', severity: BUDGET })],
  [
    'the queue capped by profit, a spread off the mark',
    lawWith({
      severity: { kind: 'CAP_OF_PROFIT', share: ratio(decimal('0.25')) },
      settlementPrice: { kind: 'MARK_SPREAD', spread: ratio(decimal('0.01')) },
    }),
  ],
];

const run = async (law: RuleSet) => {
  const staged = await waiting(VENUE, law);
  const { engine, commits } = commitsOf(staged.engine);
  await deleverageMarket(engine.ports)(staged.wave, 'AAA', 'LONG');
  return { ...staged, commits };
};

const heldBy = (engine: Engine, index: number): string =>
  present(engine.store.tables.Pools.get(`${shortId(index)}#CROSS#USDT`), shortId(index)).positions[0]?.quantity.toFixed() ?? '0';

const fundOf = ({ store }: Engine) => present(store.tables.Funds.get('usdt'), 'the fund');

const openOf = ({ store }: Engine): readonly string[] =>
  [...store.tables.Cases.values()].map(({ state, legs }) => `${state} ${legs[0]?.residualQuantity.toFixed()}`);

describe.each(LAWS)('deleveraging by %s', (_what, law) => {
  it('books chunks of less than 100 items, keeps every promise, and does nothing when it is delivered again', async () => {
    const { engine, wave, commits } = await run(law);
    expect(Math.max(...commits.map((writes) => writes.length))).toBeLessThan(100);
    const count = engine.store.commits;
    await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
    expect(engine.store.commits).toBe(count);
    expect(violationsOf(engine)).toEqual([]);
  });

  it('crashed anywhere, ends the same to the last quantum with the next delivery', async () => {
    const whole = await run(law);
    for (let k = 1; k <= whole.commits.length; k += 1)
      for (const moment of ['BEFORE', 'AFTER'] as const) {
        const { engine, wave } = await waiting(VENUE, law);
        await expect(deleverageMarket(crashingAt(engine, k, moment).ports)(wave, 'AAA', 'LONG')).rejects.toThrow();
        await deleverageMarket(engine.ports)(wave, 'AAA', 'LONG');
        expect(booksOf(engine), `crashed ${moment} commit ${k}`).toEqual(booksOf(whole.engine));
        expect(violationsOf(engine)).toEqual([]);
      }
  });

  it('books on pools and fund as others left them', async () => {
    const { engine, wave } = await waiting(VENUE, law);
    const disturbed = withOtherWriter(engine, 7, async () => {
      await touchPool(engine.store, `${shortId(0)}#CROSS#USDT`);
      await touchFund(engine.store);
    });
    await deleverageMarket(disturbed.ports)(wave, 'AAA', 'LONG').catch(() => deleverageMarket(engine.ports)(wave, 'AAA', 'LONG'));
    expect(booksOf(engine)).toEqual(booksOf((await run(law)).engine));
  });
});

describe('a residual that is shared', () => {
  it('takes from everybody in proportion, more than one chunk of it, and leaves nothing open', async () => {
    const { engine, commits } = await run(lawWith({ allocation: 'PRO_RATA_BY_CONTRACTS' }));
    expect(openOf(engine)).toEqual(['CLOSED_ADL 0', 'CLOSED_ADL 0']);
    // 65 of 80 contracts: one of everybody, and of the second ones 25, the first places first.
    expect([0, 24, 25, 39].map((index) => heldBy(engine, index))).toEqual(['0', '0', '1', '1']);
    expect(commits.length).toBeGreaterThan(6);
  });
});

describe('a settlement at the mark', () => {
  it('has the fund pay the difference to the bankruptcy price, as far as it can, and leaves the rest open', async () => {
    const { engine } = await run(lawWith({ settlementPrice: 'MARK' }));
    const fund = fundOf(engine);
    expect(fund.reserved.size).toBe(0);
    expect(openOf(engine)[0]).toBe('CLOSED_ADL 0');
    expect(openOf(engine)[1]).toMatch(/^ADL_EXHAUSTED (19|20)$/);
    const drawn = sum([...engine.store.tables.Cases.values()].map((each) => each.drawn));
    expect(drawn.gt('350')).toBe(true);
    expect(fund.balance.plus(drawn).toFixed()).toBe('400');
    const haircuts = [...engine.store.tables.Decisions.values()].flatMap((each) => (each.kind === 'DELEVERAGING' ? [each.taken] : []));
    expect(sum(haircuts).lt('0.000001')).toBe(true);
  });

  it('tells in the record which of them was cut by the fund', async () => {
    const { engine } = await run(lawWith({ settlementPrice: 'MARK' }));
    const outcomes = [...engine.store.tables.Decisions.values()].flatMap((each) => (each.kind === 'DELEVERAGING' ? [each.outcome] : []));
    expect(outcomes).toEqual(['COVERED', 'LIMITED_BY_FUND']);
  });

  it.each([
    ['FROZEN_MARK', '94.9'],
    ['PREVIOUS_MARK', '94.5'],
    ['MARK', '93.5'],
  ] as const)('at %s closes at %s a case that was opened two marks before', async (settlementPrice, price) => {
    const venue: SmallVenue = {
      accounts: 'a1 | 60 | LONG 10 AAA 100 \n a2 | 900 | SHORT 10 AAA 110',
      fund: '10000',
      depthPerMark: { AAA: '0' },
      marks: '0 | 94.9 | - \n 1 | 94.5 | - \n 2 | 93.5 | -',
    };
    // Bankrupt at 94: nobody is asked before the third mark passes it.
    const law = lawWith({ settlementPrice });
    const patient = { ...law, shortfall: { ...law.shortfall, deleveragingTrigger: 'MARK_AT_BANKRUPTCY' as const } };
    const outcome = await replayed(venue, patient);
    const lines = outcome.record.lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'DELEVERAGING');
    expect(lines.map((line) => line.price)).toEqual([price]);
  });
});

describe('a settlement price by margin mode', () => {
  // Both are bankrupt at 94 and opened at 94.9; nobody is asked before the third mark passes 94.
  const venueWith = (bankrupt: string): SmallVenue => ({
    accounts: `${bankrupt}\n a2 | 900 | SHORT 10 AAA 110`,
    fund: '10000',
    depthPerMark: { AAA: '0' },
    marks: '0 | 94.9 | - \n 1 | 94.5 | - \n 2 | 93.5 | -',
  });
  const CROSS = venueWith('a1 | 60 | LONG 10 AAA 100');
  const ISOLATED = venueWith('a1 | 0 | LONG 10 AAA 100 60');
  const byMode = { CROSS: 'FROZEN_MARK', ISOLATED: 'BANKRUPTCY' } as const;

  const outcomeOf = async (venue: SmallVenue, settlementPrice: DeleveragingPolicy['settlementPrice']) => {
    const law = lawWith({ settlementPrice });
    const patient = { ...law, shortfall: { ...law.shortfall, deleveragingTrigger: 'MARK_AT_BANKRUPTCY' as const } };
    const { record, store } = await replayed(venue, patient);
    const lines = record.lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'DELEVERAGING');
    return { prices: lines.map((line) => line.price), lines, fund: store.tables.Funds.get('usdt')?.balance.toFixed() };
  };

  it('closes a cross pool at the mark of its opening, which is the fund’s to gain or pay, and an isolated one at its bankruptcy price', async () => {
    // The fund gains (94.9 − 94) · 10 at the frozen mark, which is better than bankruptcy, and nothing at the bankruptcy price.
    expect(await outcomeOf(CROSS, byMode)).toMatchObject({ prices: ['94.9'], fund: '10009' });
    expect(await outcomeOf(ISOLATED, byMode)).toMatchObject({ prices: ['94'], fund: '10000' });
  });

  it('decides in each mode what a rule set with that one price decides', async () => {
    expect(await outcomeOf(CROSS, byMode)).toEqual(await outcomeOf(CROSS, 'FROZEN_MARK'));
    expect(await outcomeOf(ISOLATED, byMode)).toEqual(await outcomeOf(ISOLATED, 'BANKRUPTCY'));
    const other = { CROSS: 'BANKRUPTCY', ISOLATED: 'MARK' } as const;
    expect(await outcomeOf(CROSS, other)).toEqual(await outcomeOf(CROSS, 'BANKRUPTCY'));
    expect(await outcomeOf(ISOLATED, other)).toEqual(await outcomeOf(ISOLATED, 'MARK'));
  });
});

describe('a budget of the wave', () => {
  it('is one for all residuals of the market and side, and names what it leaves open', async () => {
    const { engine } = await run(lawWith({ severity: BUDGET }));
    const plans = [...engine.store.tables.Decisions.values()].flatMap((each) => (each.kind === 'DELEVERAGING' ? [each] : []));
    expect(plans.map(({ outcome }) => outcome)).toEqual(['COVERED', 'LIMITED_BY_SEVERITY']);
    expect(sum(plans.map(({ taken }) => taken)).lte('400')).toBe(true);
    expect(openOf(engine)).toEqual(['CLOSED_ADL 0', 'ADL_EXHAUSTED 20']);
  });
});
