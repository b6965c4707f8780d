import { describe, expect, it } from 'vitest';
import type { MarginEvent } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE, withMarginEvent } from '../support/small-law.ts';
import { DOUBLE_BUFFER, equally, firstPart, fractionOf, portionOf, toRecovery, withExecution } from '../support/small-reduction.ts';
import { recorded, replayed, type SmallVenue, START_MS } from '../support/small-venue.ts';

/** At 96 the loser has 6 and needs 9.6, a hundredth of its 960. */
const LOSER = 'loser | 46 | LONG 10 AAA 100\n winner | 1000 | SHORT 10 AAA 100';

const IN_BREACH = '0 | 100 | -\n 15 | 96 | -\n 30 | 96 | -\n 45 | 96 | -\n 60 | 96 | -\n 75 | 96 | -';

interface RecordedOrder {
  readonly marketId: string;
  readonly quantity: string;
}

const isOrders = (value: unknown): value is readonly RecordedOrder[] => Array.isArray(value);

/** `second quantity market…` of each opening, or why it was put off. */
const openings = async (venue: SmallVenue, law: RuleSet) => {
  const outcome = await replayed(venue, law);
  const lines = recorded(outcome, 'OPENING').map(({ at, orders, deferral }) => {
    const sent = isOrders(orders) ? orders.map(({ quantity, marketId }) => `${quantity} ${marketId}`).join(', ') : '';
    return `${(Number(at) - START_MS) / 1000} ${deferral ?? sent}`;
  });
  return { lines, outcome, pool: outcome.store.tables.Pools.get('loser#CROSS#USDT') };
};

const under = (event: MarginEvent, changes: Parameters<typeof withExecution>[1] = {}): RuleSet =>
  withExecution(withMarginEvent(HOUSE, event), changes);

const loserIn = (marks: string): SmallVenue => ({ accounts: LOSER, marks });

describe('a first part with a cooldown of 30 s', () => {
  it('WAIT: 20 % first, nothing within the cooldown, all of it after', async () => {
    const { lines } = await openings(loserIn(IN_BREACH), under(firstPart('500', 'WAIT')));
    expect(lines).toEqual(['15 2 AAA', '30 COOLING_DOWN', '45 8 AAA']);
  });

  it('CLOSE_ALL: 20 % first, all of it at the next mark in breach', async () => {
    const { lines } = await openings(loserIn(IN_BREACH), under(firstPart('500', 'CLOSE_ALL')));
    expect(lines).toEqual(['15 2 AAA', '30 8 AAA']);
  });

  it.each([
    ['TRADER', 'FUND', true],
    ['FUND', 'TRADER', false],
  ] as const)(
    'CLOSE_ALL: all of it is still a reduction: with its surplus to the %s and that of LIQUIDATE to the %s the trader keeps it: %s',
    async (reduced, liquidated, keeps) => {
      const surplus = { REDUCE: reduced, LIQUIDATE: liquidated };
      const { lines, pool, outcome } = await openings(loserIn(IN_BREACH), under(firstPart('500', 'CLOSE_ALL'), { surplus }));
      expect(lines).toEqual(['15 2 AAA', '30 8 AAA']);
      expect([pool?.positions, pool?.balance.gt(0)]).toEqual([[], keeps]);
      expect(outcome.store.tables.Funds.get('usdt')?.balance.gt(0)).toBe(!keeps);
    },
  );

  it('closes a position at the threshold whole', async () => {
    const { lines } = await openings(loserIn(IN_BREACH), under(firstPart('960', 'WAIT')));
    expect(lines).toEqual(['15 10 AAA']);
  });

  /** 20 % at 95.9, where 10 contracts lack 4.6 of their margin; safe at 97; at 95.9 again, 8 contracts are in breach. */
  const recovering = '0 | 100 | -\n 15 | 95.9 | -\n 25 | 97 | -\n 30 | 95.9 | -\n 50 | 97 | -\n 90 | 95.9 | -';

  it('WAIT: begins anew with a pool that was safe in between', async () => {
    const { lines } = await openings(loserIn(recovering), under(firstPart('100', 'WAIT')));
    expect(lines).toEqual(['15 2 AAA', '30 1.6 AAA', '90 1.28 AAA']);
  });

  it('CLOSE_ALL: counts by time alone, also for a pool that was safe in between', async () => {
    const { lines } = await openings(loserIn(recovering), under(firstPart('100', 'CLOSE_ALL')));
    expect(lines).toEqual(['15 2 AAA', '30 8 AAA']);
  });

  it('CLOSE_ALL: begins anew once the cooldown is over', async () => {
    const late = '0 | 100 | -\n 15 | 95.9 | -\n 45 | 95.9 | -';
    const { lines } = await openings(loserIn(late), under(firstPart('100', 'CLOSE_ALL')));
    expect(lines).toEqual(['15 2 AAA', '45 1.6 AAA']);
  });
});

describe('a portion of each minute', () => {
  it('is closed once in it, within what the pool may give', async () => {
    const { lines } = await openings(loserIn(IN_BREACH), under(portionOf('0.1', '10000')));
    expect(lines).toEqual(['15 1 AAA', '30 COOLING_DOWN', '45 COOLING_DOWN', '60 0.9 AAA', '75 COOLING_DOWN']);
    const { lines: capped } = await openings(loserIn(IN_BREACH), under(portionOf('0.1', '48')));
    expect(capped[0]).toBe('15 0.5 AAA');
  });
});

describe('recovery', () => {
  it('closes as little as meets the margin, and no more at the next mark', async () => {
    // 6 carry 0.96 a contract twice: 3.125 of them.
    const { lines, pool } = await openings(loserIn(IN_BREACH), under(toRecovery, DOUBLE_BUFFER));
    expect(lines).toEqual(['15 6.875 AAA']);
    expect([pool?.positions[0]?.quantity.toFixed(), pool?.lastReduction]).toEqual(['3.125', null]);
  });

  it('at the maintenance margin: 6 carry 6.25 contracts', async () => {
    expect((await openings(loserIn(IN_BREACH), under(toRecovery))).lines).toEqual(['15 3.75 AAA']);
  });

  it('goes on with a reduction that began until the margin is met, though no rule fires any more', async () => {
    const { lines, pool } = await openings(loserIn(IN_BREACH), under(fractionOf('0.5'), DOUBLE_BUFFER));
    expect(lines).toEqual(['15 5 AAA', '30 2.5 AAA']);
    expect(pool?.lastReduction).toBeNull();
  });

  it('under MAINTENANCE ends when no rule fires', async () => {
    expect((await openings(loserIn(IN_BREACH), under(fractionOf('0.5')))).lines).toEqual(['15 5 AAA']);
  });
});

describe('positions of one pool', () => {
  const accounts = 'loser | 46 | LONG 10 AAA 100 + LONG 1 BBB 100\n winner | 9000 | SHORT 10 AAA 100 + SHORT 1 BBB 100';
  const marks = '0 | 100 | 100\n 15 | 95.5 | -\n 30 | 95.5 | 100\n 45 | 95.5 | 100';

  it('all at once, by market', async () => {
    expect((await openings({ accounts, marks }, HOUSE)).lines).toEqual(['15 10 AAA, 1 BBB']);
  });

  it('the largest first, where the law says so', async () => {
    const law = withExecution(HOUSE, { legs: { order: 'LARGEST_NOTIONAL', atOnce: 'ALL' } });
    const swapped = {
      accounts: accounts.replaceAll('10 AAA', '1 AAA').replaceAll('1 BBB', '10 BBB'),
      marks: '0 | 100 | 100\n 15 | - | 95.5',
    };
    expect((await openings(swapped, law)).lines).toEqual(['15 10 BBB, 1 AAA']);
  });

  it('one at a time: the next at the next mark, while the pool is in breach', async () => {
    const law = withExecution(HOUSE, { legs: { order: 'LARGEST_NOTIONAL', atOnce: 'ONE' } });
    const { lines, outcome } = await openings({ accounts, marks }, law);
    expect(lines).toEqual(['15 10 AAA', '30 1 BBB']);
    expect([...outcome.store.tables.Cases.values()].map(({ state }) => state)).toEqual(['CLOSED_MARKET', 'CLOSED_MARKET']);
  });

  it('one at a time, the surplus to the trader: the first may be enough', async () => {
    const law = withExecution(HOUSE, {
      legs: { order: 'LARGEST_NOTIONAL', atOnce: 'ONE' },
      surplus: { REDUCE: 'TRADER', LIQUIDATE: 'TRADER' },
    });
    expect((await openings({ accounts, marks }, law)).lines).toEqual(['15 10 AAA']);
  });

  it('all of them where the pool is insolvent', async () => {
    const law = withExecution(HOUSE, { legs: { order: 'MARKET', atOnce: 'ONE' } });
    const crash = { accounts, fund: '1000', marks: '0 | 100 | 100\n 15 | 95 | -' };
    expect((await openings(crash, law)).lines).toEqual(['15 10 AAA, 1 BBB']);
  });
});

describe('an equal share with a penalty on the released margin', () => {
  it('goes to the fund at the rate frozen with the leg', async () => {
    const law = under(equally, { liquidationFeeRate: ratio(decimal('0.5')), liquidationFeeBasis: { kind: 'RELEASED_MAINTENANCE' } });
    const { lines, outcome, pool } = await openings(loserIn(IN_BREACH), law);
    // 80 % leaves 1.92 required of 6 − 0.5·7.68 = 2.16: 88.9 %.
    expect(lines).toEqual(['15 8 AAA']);
    expect(outcome.tally.total.fundReceived.toFixed()).toBe('3.84');
    expect(pool?.balance.toFixed()).toBe('10.16');
  });
});

describe('the instruction to cancel orders', () => {
  it.each([
    ['ALL', [['*']]],
    ['MARKET', [['AAA']]],
    ['NONE', []],
  ] as const)('%s names %j', async (cancelOrdersFirst, expected) => {
    const { outcome } = await openings(loserIn(IN_BREACH), withExecution(HOUSE, { cancelOrdersFirst }));
    const named = [...outcome.store.tables.Orders.values()].flatMap((order) => (order.kind === 'CANCEL_ORDERS' ? [order.marketIds] : []));
    expect(named).toEqual(expected);
  });
});
