import { describe, expect, it } from 'vitest';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { GUARDED, HOUSE, leaf, withFund, withMarginEvent, withSafeguards, withShortfallRule, withTrigger } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue, START_MS } from '../support/small-venue.ts';

/** A long that is liquidated below 95.96 and bankrupt at 95, a short who would pay for it, no fund. */
const LOSER_AND_WINNER = 'loser | 50 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';

/** `second state` of each leg that was settled, and the end of every case. */
const path = async (venue: SmallVenue, law: RuleSet) => {
  const outcome = await replayed(venue, law);
  const settled = recorded(outcome, 'SHORTFALL').map(({ at, state }) => `${(Number(at) - START_MS) / 1000} ${state}`);
  const { total } = outcome.tally;
  return {
    settled,
    cases: [...outcome.store.tables.Cases.values()].map(({ state }) => state),
    orders: total.liquidationOrders,
    filled: total.marketFilledQuantity.toFixed(),
    deleveraged: total.deleveragedQuantity.toFixed(),
    residual: total.residualQuantity.toFixed(),
    outcome,
  };
};

describe('the trigger of deleveraging', () => {
  // At 95.5 the order is fillable but the market takes 4; at 94 the mark has passed the bankruptcy price.
  const venue: SmallVenue = {
    accounts: LOSER_AND_WINNER,
    depthPerMark: { AAA: '4' },
    marks: '0 | 100 | -\n 15 | 95.5 | -\n 30 | 94 | -',
  };

  it('ORDER_ENDED: the residual goes to the counterparties with the order that left it', async () => {
    expect(await path(venue, HOUSE)).toMatchObject({ settled: ['15 ADL_WAIT'], cases: ['CLOSED_ADL'], filled: '4', deleveraged: '6' });
  });

  it('MARK_AT_BANKRUPTCY: it waits, visible, until the mark has reached the bankruptcy price', async () => {
    const law = withTrigger(HOUSE, 'MARK_AT_BANKRUPTCY');
    // The 4 that filled at 95.5 left the fund 2: at 94, where each contract costs 1, it pays for 2 of the 6.
    expect(await path(venue, law)).toMatchObject({
      settled: ['15 ADL_EXHAUSTED', '30 ADL_WAIT'],
      cases: ['CLOSED_ADL'],
      filled: '6',
      deleveraged: '4',
    });
    const early = { ...venue, marks: '0 | 100 | -\n 15 | 95.5 | -' };
    expect(await path(early, law)).toMatchObject({ cases: ['ADL_EXHAUSTED'], deleveraged: '0', residual: '6' });
    const exactly = { ...venue, marks: '0 | 100 | -\n 15 | 95.01 | -\n 30 | 95 | -', depthPerMark: { AAA: '0' } };
    expect(await path(exactly, law)).toMatchObject({ settled: ['15 ADL_EXHAUSTED', '30 ADL_WAIT'], deleveraged: '10' });
  });

  it('FUND_DRAWDOWN: while the fund is drawn down no order is sent, the loss goes straight to the counterparties', async () => {
    const law = withTrigger(withFund(HOUSE, { drawdown: 'AT_LEAST' }), 'FUND_DRAWDOWN');
    const drawnDown = { ...venue, fund: '700', fundPeak: '1000' };
    expect(await path(drawnDown, law)).toMatchObject({ settled: [], cases: ['CLOSED_ADL'], orders: 0, filled: '0', deleveraged: '10' });
  });

  it('FUND_DRAWDOWN: while it is not, a residual stays open and nobody is deleveraged', async () => {
    const law = withTrigger(withFund(HOUSE, { drawdown: 'AT_LEAST' }), 'FUND_DRAWDOWN');
    const healthy = { ...venue, fund: '701', fundPeak: '1000', marks: '0 | 100 | -\n 15 | 95.5 | -' };
    expect(await path(healthy, law)).toMatchObject({ cases: ['ADL_EXHAUSTED'], orders: 1, filled: '4', deleveraged: '0', residual: '6' });
  });
});

describe('a residual that finds no counterparty', () => {
  const everybodyIsLong = 'loser | 50 | LONG 10 AAA 100\n other | 9000 | LONG 10 AAA 100';

  it('stays open, is tried again at each mark, and people see how much', async () => {
    const found = await path({ accounts: everybodyIsLong, marks: '0 | 100 | -\n 15 | 91 | -\n 30 | 92 | -' }, HOUSE);
    expect(found).toMatchObject({ cases: ['ADL_EXHAUSTED'], deleveraged: '0', residual: '10' });
    expect(recorded(found.outcome, 'OPENING').map(({ outcome }) => outcome)).toEqual(['OPENED', 'REATTEMPTED']);
    expect(found.outcome.tally.total.breaches).toBe(1);
  });

  it('is given to the market when the mark allows it, at the bankruptcy price frozen at opening', async () => {
    const found = await path({ accounts: everybodyIsLong, marks: '0 | 100 | -\n 15 | 91 | -\n 30 | 95.5 | -' }, HOUSE);
    expect(found).toMatchObject({ cases: ['CLOSED_MARKET'], filled: '10', residual: '0' });
    expect(found.outcome.store.tables.Pools.get('loser#CROSS#USDT')?.balance.toFixed()).toBe('0');
  });

  it('is cancelled when its pool recovers before the next attempt, and the pool is free again', async () => {
    const found = await path({ accounts: everybodyIsLong, marks: '0 | 100 | -\n 15 | 91 | -\n 30 | 100 | -' }, HOUSE);
    expect(found).toMatchObject({ cases: ['CANCELLED'], residual: '0' });
    const pool = found.outcome.store.tables.Pools.get('loser#CROSS#USDT');
    expect([pool?.caseId, pool?.positions.length, pool?.balance.toFixed()]).toEqual([null, 1, '50']);
  });

  it('opens a second case when the recovered pool breaches again', async () => {
    const found = await path({ accounts: everybodyIsLong, marks: '0 | 100 | -\n 15 | 91 | -\n 30 | 100 | -\n 45 | 91 | -' }, HOUSE);
    expect(found.cases).toEqual(['CANCELLED', 'ADL_EXHAUSTED']);
    expect([...found.outcome.store.tables.Cases.keys()]).toEqual(['loser#CROSS#USDT#1', 'loser#CROSS#USDT#2']);
  });
});

describe('a shortfall rule that halts', () => {
  const law = withShortfallRule(HOUSE, leaf('residualQuantity', 'decimalAtLeast', '5'), { type: 'HALT' });
  const accounts = `${LOSER_AND_WINNER}\n later | 100 | LONG 10 AAA 100`;

  it('stops the case and its market, and nobody else is liquidated there', async () => {
    const found = await path({ accounts, marks: '0 | 100 | -\n 15 | 92 | -\n 30 | 85 | -' }, law);
    expect(found).toMatchObject({ settled: ['15 HALTED'], cases: ['HALTED'], deleveraged: '0', residual: '10' });
    expect(found.outcome.store.tables.Markets.get('AAA')?.status).toBe('HALTED');
    expect(Object.fromEntries(found.outcome.tally.safeguards.deferred)).toEqual({ MARKET_HALTED: 1 });
  });

  it('off: both are deleveraged', async () => {
    const found = await path({ accounts, marks: '0 | 100 | -\n 15 | 92 | -\n 30 | 85 | -' }, HOUSE);
    expect(found).toMatchObject({ cases: ['CLOSED_ADL', 'ADL_EXHAUSTED'], deleveraged: '10', residual: '10' });
  });
});

describe('reductions and takeovers', () => {
  it('REDUCE_BY_FRACTION closes that part of every position at each mark in breach, for the pool itself', async () => {
    const law = withMarginEvent(HOUSE, { type: 'REDUCE_BY_FRACTION', fraction: ratio(decimal('0.25')), cooldown: null });
    const accounts = 'loser | 51 | LONG 10 AAA 100 + LONG 0.1 BBB 50\n winner | 1000 | SHORT 10 AAA 100';
    const found = await path({ accounts, marks: '0 | 100 | 50\n 15 | 95.5 | -' }, law);
    expect(found).toMatchObject({ settled: ['15 CLOSED_MARKET', '15 CLOSED_MARKET'], filled: '2.525', deleveraged: '0' });
    const pool = found.outcome.store.tables.Pools.get('loser#CROSS#USDT');
    expect(pool?.positions.map(({ quantity }) => quantity.toFixed())).toEqual(['7.5', '0.075']);
    expect(pool?.balance.toFixed()).toBe('39.75');
    expect(found.outcome.tally.total.fundReceived.toFixed()).toBe('0');
  });

  it('TAKE_OVER hands the positions to the fund at the bankruptcy price: no order, the pool ends at exactly zero', async () => {
    const law = withMarginEvent(HOUSE, { type: 'TAKE_OVER' });
    const found = await path({ accounts: LOSER_AND_WINNER, fund: '1000', marks: '0 | 100 | -\n 15 | 95.5 | -' }, law);
    expect(found).toMatchObject({ cases: ['CLOSED_TAKEN_OVER'], orders: 0, deleveraged: '0' });
    expect(found.outcome.store.tables.Pools.get('loser#CROSS#USDT')).toMatchObject({ positions: [], caseId: null });
    expect(found.outcome.store.tables.Pools.get('loser#CROSS#USDT')?.balance.toFixed()).toBe('0');
    const legs = [...found.outcome.store.tables.Journal.values()].flatMap((entry) => entry.legs);
    expect(legs.map(({ account, quantity, value }) => `${account} ${quantity} ${value}`)).toEqual([
      'loser#CROSS#USDT -10 950',
      'TAKEOVER#usdt 10 -950',
    ]);
  });

  it('WARN alone closes nothing, but an insolvent pool closes whole whatever the rules say', async () => {
    const law = withSafeguards(withMarginEvent(GUARDED, { type: 'WARN' }), { jumpBand: null });
    const found = await path({ accounts: LOSER_AND_WINNER, marks: '0 | 100 | -\n 15 | 95.5 | -\n 30 | 95 | -' }, law);
    expect(found.settled).toEqual(['30 CLOSED_MARKET']);
    expect(found.outcome.tally.safeguards.warned).toBe(1);
  });
});
