import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { CONTAINING } from '../support/containing-law.ts';
import { GUARDED, HOUSE, seconds, withFund, withMarginEvent, withSafeguards, withTrigger } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue, second } from '../support/small-venue.ts';

/** Guards of the requirement catalogue, tried on and off; their published defaults are in `published-defaults.test.ts`. */

const amount = (text: string) => money(decimal(text));

const ACCOUNTS = `
  loser  | 50   | LONG 10 AAA 100
  winner | 1000 | SHORT 10 AAA 100
`;

const opened = async (venue: Partial<SmallVenue>, law: RuleSet) => {
  const outcome = await replayed({ fund: '500000', accounts: ACCOUNTS, ...venue }, law);
  const { quarantined, deferred } = outcome.tally.safeguards;
  return {
    breaches: outcome.tally.total.breaches,
    quarantined: Object.fromEntries(quarantined),
    deferred: Object.fromEntries(deferred),
    outcome,
  };
};

const off = (changes: Parameters<typeof withSafeguards>[1]): RuleSet => withSafeguards(GUARDED, changes);

it('G1: a pool is not judged at a mark older than the maximum age', async () => {
  const venue = { accounts: 'both | 50 | LONG 10 AAA 100 + LONG 1 BBB 50', marks: '0 | 100 | 50\n 61 | 90 | -' };
  expect((await opened(venue, GUARDED)).breaches).toBe(0);
  expect((await opened(venue, off({ markMaximumAge: null }))).breaches).toBe(1);
});

it('G2: a mark too far from its index liquidates nobody', async () => {
  const marks = '0 | 100 | -\n 15 | 94/105 | -';
  expect(await opened({ marks }, GUARDED)).toMatchObject({ breaches: 0, quarantined: { INDEX_DIVERGENCE: 1 } });
  expect((await opened({ marks }, off({ indexDivergence: null }))).breaches).toBe(1);
});

describe('G3: a mark too far from where marks have been on average', () => {
  const watching = withSafeguards(HOUSE, { volatility: { window: seconds(3600), ratio: ratio(decimal('5')) } });

  it('is quarantined beyond five times the average and below a fifth of it, and believed exactly there', async () => {
    const marks = '0 | 100 | -\n 1 | 19.99 | -\n 2 | 501 | -\n 3 | 100 | -';
    expect(await opened({ marks }, watching)).toMatchObject({ breaches: 0, quarantined: { VOLATILE: 2 } });
    expect((await opened({ marks }, HOUSE)).breaches).toBe(2);
    expect((await opened({ marks: '0 | 100 | -\n 0 | 20 | -' }, watching)).breaches).toBe(1);
  });

  it('is believed in the end where the market has truly moved', async () => {
    const marks = Array.from({ length: 12 }, (_, hour) => `${hour * 3600} | ${hour === 0 ? 100 : 10} | -`).join('\n');
    const { breaches, quarantined } = await opened({ marks }, watching);
    expect([breaches, quarantined]).toEqual([1, { VOLATILE: 1 }]);
  });
});

it('G4: a jump waits for further marks that agree with it', async () => {
  const marks = '0 | 100 | -\n 15 | 80 | -\n 30 | 100 | -';
  expect(await opened({ marks }, GUARDED)).toMatchObject({ breaches: 0, quarantined: { JUMP_UNCONFIRMED: 1 } });
  expect((await opened({ marks }, off({ jumpBand: null }))).breaches).toBe(1);
  expect((await opened({ marks: '0 | 100 | -\n 15 | 80 | -\n 30 | 80 | -\n 45 | 80 | -' }, GUARDED)).breaches).toBe(1);
});

it('G5: only so much notional value starts liquidation in an interval; the rest waits in line and is opened when its wait is over', async () => {
  const accounts = 'b1 | 40 | LONG 10 AAA 100\n b2 | 42 | LONG 10 AAA 100\n s1 | 1000 | SHORT 20 AAA 100';
  const throttle = { notionalPerMarket: amount('1000'), interval: seconds(3600), maximumDelay: seconds(30) };
  const law = withSafeguards(HOUSE, { throttle });
  const at = async (marks: string) => (await opened({ accounts, marks }, law)).breaches;
  expect(await at('0 | 95 | -')).toBe(1);
  expect(await at('0 | 95 | -\n 29 | 95 | -')).toBe(1);
  expect(await at('0 | 95 | -\n 30 | 95 | -')).toBe(2);
  expect((await opened({ accounts, marks: '0 | 95 | -' }, HOUSE)).breaches).toBe(2);
});

it('G6: a part goes first, and the rest only if the part did not restore health', async () => {
  const venue = { accounts: 'big | 40 | LONG 20 AAA 100\n s1 | 9000 | SHORT 20 AAA 100', tiers: '1000 0.01 + null 0.05' };
  const at = async (mark: string, law: RuleSet) => {
    const { outcome } = await opened({ ...venue, marks: `0 | ${mark} | -\n 15 | ${mark} | -` }, law);
    const kept = outcome.tables.Pools.get('big#CROSS#USDT')?.positions.map(({ quantity }) => quantity.toFixed());
    return {
      choices: recorded(outcome, 'MARGIN')
        .map(({ choice }) => Object(choice).kind)
        .filter((kind) => kind !== 'NONE'),
      kept,
    };
  };
  expect(await at('99.5', HOUSE)).toEqual({ choices: ['REDUCE'], kept: ['10.05'] });
  expect(await at('98.3', HOUSE)).toEqual({ choices: ['REDUCE', 'LIQUIDATE'], kept: [] });
  expect(await at('99.5', withMarginEvent(HOUSE, { type: 'LIQUIDATE' }))).toEqual({ choices: ['LIQUIDATE'], kept: [] });
});

it('G9: the fund pays to its floor and its caps, per interval and for ever, and no further', async () => {
  const accounts = 'b1 | 50 | LONG 10 AAA 100\n s1 | 1000 | SHORT 10 AAA 100';
  const paid = async (law: RuleSet, fund = '100') =>
    (await opened({ accounts, fund, marks: '0 | 90 | -' }, law)).outcome.tally.total.fundPaid.toFixed();
  const forEver = { ...HOUSE, funds: HOUSE.funds.map((fund) => ({ ...fund, drawCapPerMarketForever: amount('20') })) };
  expect(await paid(HOUSE)).toBe('50');
  expect(await paid(withFund(HOUSE, { floor: '70' }))).toBe('30');
  expect(await paid(withFund(HOUSE, { drawCapPerMarket: '25' }))).toBe('25');
  expect(await paid(withFund(HOUSE, { drawCapPerInterval: '24' }))).toBe('24');
  expect(await paid(forEver)).toBe('20');
  // b1 costs 50: a fund of exactly that keeps its last unit, and the lot that it cannot pay for whole goes to the counterparties.
  const lastUnit = { ...HOUSE, funds: HOUSE.funds.map((fund) => ({ ...fund, keepsLastUnit: true })) };
  expect([await paid(HOUSE, '50'), await paid(lastUnit, '50')]).toEqual(['50', '49.995']);
});

it('G10: deleveraging by drawdown starts at its line and ends at another', async () => {
  const accounts = 'b1 | 50 | LONG 10 AAA 100\n b2 | 236 | LONG 20 AAA 100\n s1 | 3000 | SHORT 30 AAA 100';
  const at = async (marks: string, limits: Parameters<typeof withFund>[1]) => {
    const { outcome } = await opened({ accounts, fund: '150', marks }, withTrigger(withFund(HOUSE, limits), 'ORDER_ENDED'));
    return Object.fromEntries(outcome.tally.safeguards.fundEvents);
  };
  const start = { 'DELEVERAGING_START by RATE': 1 };
  expect(await at('0 | 90 | -', { drawdown: 'AT_LEAST' })).toEqual(start);
  // b2 closes above its bankruptcy price of 88.2: its surplus of 16 takes the fund from 105 of 150 to 121, a drawdown of less than 25 %.
  expect(await at('0 | 90 | -\n 15 | 89 | -', { drawdown: 'AT_LEAST' })).toEqual({ ...start, 'DELEVERAGING_END by RATE': 1 });
  expect(await at('0 | 90 | -\n 15 | 89 | -', {})).toEqual({});
});

describe('G12: withdrawals after a pool fell below zero', () => {
  const falls = '0 | 100 | -\n 15 | 94 | -';

  it('are closed for the time of the law, and opened by the first mark after it', async () => {
    const closed = await opened({ marks: falls }, CONTAINING);
    expect(closed.outcome.tables.Gates.get('USDT')?.closedUntil).toBe(second('35'));
    expect(closed.outcome.tally.safeguards.withdrawalsClosed).toBe(1);
    expect((await opened({ marks: `${falls}\n 34 | 94 | -` }, CONTAINING)).outcome.tables.Gates.size).toBe(1);
    expect((await opened({ marks: `${falls}\n 35 | 94 | -` }, CONTAINING)).outcome.tables.Gates.size).toBe(0);
  });

  it('stay open where nobody fell below zero, or the law does not ask', async () => {
    expect((await opened({ marks: '0 | 100 | -\n 15 | 95.5 | -' }, CONTAINING)).outcome.tables.Gates.size).toBe(0);
    expect((await opened({ marks: falls }, HOUSE)).outcome.tables.Gates.size).toBe(0);
  });
});

it('G13: after a halt nobody is liquidated for the time of grace', async () => {
  const venue = { marks: '0 | 100 | -\n 30 | 94 | -\n 80 | 94 | -', events: '10 | AAA | HALTED\n 25 | AAA | ACTIVE' };
  expect((await opened({ ...venue, marks: '0 | 100 | -\n 30 | 94 | -' }, GUARDED)).deferred).toEqual({ GRACE_AFTER_HALT: 1 });
  expect((await opened(venue, off({ markMaximumAge: null }))).breaches).toBe(0);
  expect((await opened({ ...venue, marks: '0 | 100 | -\n 85 | 94 | -' }, GUARDED)).breaches).toBe(1);
  expect((await opened(venue, off({ graceAfterHalt: null }))).breaches).toBe(1);
});

describe('G14: people stop one operation of one market', () => {
  const crash = { fund: '100', depthPerMark: { AAA: '4' }, marks: '0 | 90 | -\n 15 | 90 | -' };
  const stopped = (operation: string, until = 99) => ({
    ...crash,
    events: `-5 | AAA | ACTIVE stopped ${operation}\n ${until} | AAA | ACTIVE stopped`,
  });

  it('LIQUIDATE: nobody is opened, and all are once it goes on', async () => {
    expect(await opened(stopped('LIQUIDATE'), HOUSE)).toMatchObject({ breaches: 0, deferred: { SWITCHED_OFF: 2 } });
    expect(await opened(stopped('LIQUIDATE', 10), HOUSE)).toMatchObject({ breaches: 1, deferred: { SWITCHED_OFF: 1 } });
  });

  it('PAY: the fund pays nothing, and the counterparties have all of it', async () => {
    const { outcome } = await opened(stopped('PAY'), HOUSE);
    expect([outcome.tally.total.fundPaid.toFixed(), outcome.tally.total.deleveragedQuantity.toFixed()]).toEqual(['0', '10']);
    expect((await opened(crash, HOUSE)).outcome.tally.total.fundPaid.isZero()).toBe(false);
  });

  it('DELEVERAGE: counterparties keep theirs, and the residual stays in sight', async () => {
    const { outcome } = await opened({ ...stopped('DELEVERAGE'), marks: '0 | 90 | -' }, HOUSE);
    expect([outcome.tally.total.deleveragingFills, outcome.tally.total.residualQuantity.toFixed()]).toEqual([0, '6']);
    expect((await opened({ ...crash, marks: '0 | 90 | -' }, HOUSE)).outcome.tally.total.residualQuantity.toFixed()).toBe('0');
  });

  it('another market goes on as ever', async () => {
    const accounts = 'b1 | 50 | LONG 10 BBB 100\n s1 | 1000 | SHORT 10 BBB 100';
    expect((await opened({ ...stopped('LIQUIDATE'), accounts, marks: '0 | - | 90' }, HOUSE)).breaches).toBe(1);
  });
});

it('a takeover of a pool below zero closes withdrawals too', async () => {
  const law = withMarginEvent(CONTAINING, { type: 'TAKE_OVER' });
  expect((await opened({ marks: '0 | 100 | -\n 15 | 94 | -' }, law)).outcome.tables.Gates.size).toBe(1);
});
