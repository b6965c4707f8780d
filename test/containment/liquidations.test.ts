import { expect, it } from 'vitest';
import { FACTS } from '#rule-sets/facts.ts';
import { HOUSE, withMarginEvent } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue } from '../support/small-venue.ts';

/** What a central venue's liquidation promises, claim by claim. */

const CRASH: SmallVenue = { accounts: 'b1 | 50 | LONG 10 AAA 100\n s1 | 900 | SHORT 10 AAA 100', fund: '1000', marks: '0 | 94 | -' };

it('CEL-1: the mark decides, and no last price: the law has no fact of one', async () => {
  expect(Object.keys(FACTS).filter((name) => /last|trade/i.test(name))).toEqual([]);
  const calm = await replayed({ ...CRASH, marks: '0 | 100/50 | -' }, HOUSE);
  expect(calm.tally.total.breaches).toBe(0);
  const outcome = await replayed({ ...CRASH, marks: '0 | 94/100 | -' }, HOUSE);
  expect(recorded(outcome, 'MARGIN')[0]).toMatchObject({ inputs: { marks: { AAA: '94' } }, choice: { kind: 'LIQUIDATE' } });
});

it('CEL-2: larger positions need more margin, tier by tier', async () => {
  const tiers = '1000 0.01 + null 0.05';
  const venue = {
    ...CRASH,
    tiers,
    accounts: 'small | 30 | LONG 5 AAA 100\n big | 60 | LONG 20 AAA 100\n s1 | 9000 | SHORT 25 AAA 100',
    marks: '0 | 99 | -',
  };
  const outcome = await replayed(venue, HOUSE);
  // 495 · 1 % = 4.95 of 25; 1,980 · 5 % − 40 = 59 of 40.
  expect(recorded(outcome, 'MARGIN').map(({ poolId, facts }) => [String(poolId).slice(0, 3), Object(facts).maintenanceMargin])).toEqual(
    expect.arrayContaining([
      ['sma', '4.95'],
      ['big', '59'],
    ]),
  );
  expect(recorded(outcome, 'OPENING')).toMatchObject([{ poolId: 'big#CROSS#USDT' }]);
});

it('CEL-3: open orders are cancelled before the liquidation is sent', async () => {
  const { tables } = await replayed(CRASH, HOUSE);
  expect([...tables.Orders.values()].map(({ kind }) => kind)).toEqual(['CANCEL_ORDERS', 'LIQUIDATION']);
});

it('CEL-4: the smallest step that the law has goes first: down to the lower tier, and what stays is healthy', async () => {
  const venue = {
    ...CRASH,
    tiers: '1000 0.01 + null 0.05',
    accounts: 'big | 60 | LONG 20 AAA 100\n s1 | 9000 | SHORT 20 AAA 100',
    marks: '0 | 99 | -\n 15 | 99 | -',
  };
  const outcome = await replayed(venue, HOUSE);
  // 1,000 / 99 = 10.101…, so 9.899 contracts go: rounded up to the lot.
  expect(outcome.tally.total.marketFilledQuantity.toFixed()).toBe('9.899');
  expect(outcome.tally.total.breaches).toBe(1);
});

it('CEL-5: a takeover is at the bankruptcy price: the pool ends at exactly zero', async () => {
  const outcome = await replayed({ ...CRASH, marks: '0 | 95.5 | -' }, withMarginEvent(HOUSE, { type: 'TAKE_OVER' }));
  expect(outcome.tables.Pools.get('b1#CROSS#USDT')).toMatchObject({ positions: [] });
  expect(outcome.tables.Pools.get('b1#CROSS#USDT')?.balance.toFixed()).toBe('0');
  const [entry, ...others] = outcome.tables.Journal.values();
  expect([entry?.kind, others.length]).toEqual(['TAKE_OVER', 0]);
  // 10 bought at 100 with 50: bankrupt at 95, whatever the mark.
  expect(entry?.legs.map(({ account, quantity, value }) => `${account} ${quantity.toFixed()} ${value.toFixed()}`)).toEqual([
    'b1#CROSS#USDT -10 950',
    'TAKEOVER#usdt 10 -950',
  ]);
});

it('CEL-6: what a close brings above the bankruptcy price is the fund’s, what it lacks the fund pays', async () => {
  const gained = await replayed({ ...CRASH, marks: '0 | 95.5 | -' }, HOUSE);
  expect([gained.tally.total.fundReceived.toFixed(), gained.tally.total.fundPaid.toFixed()]).toEqual(['5', '0']);
  const lost = await replayed(CRASH, HOUSE);
  expect([lost.tally.total.fundReceived.toFixed(), lost.tally.total.fundPaid.toFixed()]).toEqual(['0', '10']);
});

it('CEL-7: counterparties come last: nobody is deleveraged while market and fund close everything', async () => {
  const before = await replayed(CRASH, HOUSE);
  expect(before.tally.total.deleveragingFills).toBe(0);
  const without = await replayed({ ...CRASH, fund: '0' }, HOUSE);
  expect(without.tally.total.deleveragedQuantity.toFixed()).toBe('10');
});

it('CEL-8: every stage leaves its row of orders: cancel, liquidate, deleverage', async () => {
  const { tables } = await replayed({ ...CRASH, fund: '0', depthPerMark: { AAA: '4' }, marks: '0 | 95.5 | -\n 15 | 94 | -' }, HOUSE);
  expect(new Set([...tables.Orders.values()].map(({ kind }) => kind))).toEqual(new Set(['CANCEL_ORDERS', 'LIQUIDATION', 'DELEVERAGING']));
});
