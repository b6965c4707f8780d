import { describe, expect, it } from 'vitest';
import { sum } from '#core/units/decimal.ts';
import type { ReplayOutcome } from '#local/replay/run-replay.ts';
import { HOUSE } from '../support/small-law.ts';
import { recorded, replayed, type SmallVenue } from '../support/small-venue.ts';

const crowdOf = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const shortId = (index: number): string => String(index).padStart(4, '0');

const balanceOf = ({ store }: ReplayOutcome, accountId: string): string | undefined =>
  store.tables.Pools.get(`${accountId}#CROSS#USDT`)?.balance.toFixed();

/** Everything that is owed or owned: balances, and what positions were opened for. Market fills and fees would take from it; there are none here. */
const worthOf = ({ store }: ReplayOutcome): string => {
  const pools = [...store.tables.Pools.values()];
  const entries = pools.flatMap(({ positions }) =>
    positions.map(({ side, entryValue }) => (side === 'LONG' ? entryValue.negated() : entryValue)),
  );
  return sum([...pools.map(({ balance }) => balance), ...entries]).toFixed();
};

describe('numbers at the edge of what a book may hold', () => {
  it('prices of 19 digits and thirds of a position settle to the quantum', async () => {
    const found = await replayed(
      {
        accounts: `
          loser   | 5000000000000000000  | LONG 3 AAA 6000000000000000000
          winner1 | 90000000000000000000 | SHORT 0.7 AAA 6000000000000000000
          winner2 | 90000000000000000000 | SHORT 2.3 AAA 6000000000000000000
        `,
        marks: '0 | 6000000000000000000 | -\n 15 | 1000000000000000001.123456789 | -',
      },
      HOUSE,
    );
    expect(found.tally.total.deleveragedQuantity.toFixed()).toBe('3');
    expect(balanceOf(found, 'loser')).toBe('0');
    expect(worthOf(found)).toBe('185000000000000000000');
  });

  it('single quanta of a position are deleveraged like any other', async () => {
    const found = await replayed(
      {
        lotSize: '0.000000000001',
        accounts: `
          loser   | 0.000000000001 | LONG 0.000000000003 AAA 1.3
          winner1 | 1 | SHORT 0.000000000001 AAA 1.2
          winner2 | 1 | SHORT 0.000000000002 AAA 1.3
        `,
        marks: '0 | 1.3 | -\n 15 | 0.7 | -',
      },
      HOUSE,
    );
    expect(found.tally.total.deleveragedQuantity.toFixed()).toBe('0.000000000003');
    expect(balanceOf(found, 'loser')).toBe('0');
  });

  it.each([
    ['to dust', 'LONG', '0.000000000000000001'],
    ['to the moon', 'SHORT', '10000000000000000000'],
  ])('a price that goes %s leaves the loser at exactly zero', async (_, side, mark) => {
    const winning = side === 'LONG' ? 'SHORT' : 'LONG';
    const accounts = `loser | 50 | ${side} 10 AAA 100\n winner | 900 | ${winning} 10 AAA 100`;
    const found = await replayed({ accounts, marks: `0 | 100 | -\n 15 | ${mark} | -` }, HOUSE);
    expect([balanceOf(found, 'loser'), balanceOf(found, 'winner')]).toEqual(['0', '950']);
  });

  it.each(['0', '-10'])('a fund of %s pays nothing and stays as it is', async (fund) => {
    const accounts = 'loser | 50 | LONG 10 AAA 100\n winner | 900 | SHORT 10 AAA 100';
    const found = await replayed({ accounts, fund, marks: '0 | 100 | -\n 15 | 90 | -' }, HOUSE);
    expect(found.store.tables.Funds.get('usdt')?.balance.toFixed()).toBe(fund);
    expect(found.tally.total.deleveragedQuantity.toFixed()).toBe('10');
  });

  it('a lot larger than every position: whole positions move, nothing is cut', async () => {
    const accounts = 'loser | 50 | LONG 10 AAA 100\n winner1 | 900 | SHORT 4 AAA 101\n winner2 | 900 | SHORT 6 AAA 100';
    const found = await replayed({ accounts, lotSize: '100', fund: '20', marks: '0 | 100 | -\n 15 | 90 | -' }, HOUSE);
    expect([found.tally.total.deleveragedQuantity.toFixed(), found.tally.total.liquidationOrders]).toEqual(['10', 0]);
  });
});

describe('many at once', () => {
  const everybody = (count: number): SmallVenue => ({
    accounts: [
      crowdOf(count, (index) => `b${shortId(index)} | ${40 + (index % 10)} | LONG 10 AAA 100`),
      crowdOf(count, (index) => `s${shortId(index)} | 900 | SHORT 10 AAA ${100 + (index % 7)}`),
    ].join('\n'),
    marks: '0 | 100 | -\n 15 | 90 | -',
  });

  it('500 accounts that breach at one mark are all closed, and no record of a residual grows with those before it', async () => {
    const found = await replayed(everybody(500), HOUSE);
    expect(found.tally.total).toMatchObject({ breaches: 500, deleveragingFills: 500 });
    expect(found.tally.total.residualQuantity.toFixed()).toBe('0');
    const longest = Math.max(...recorded(found, 'DELEVERAGING').map((decision) => JSON.stringify(decision).length));
    expect(longest).toBeLessThan(2000);
  });

  it('one residual goes to 500 counterparties, each of them once', async () => {
    const accounts = [
      'loser | 1000 | LONG 500 AAA 100',
      crowdOf(500, (index) => `s${shortId(index)} | 900 | SHORT 1 AAA ${100 + (index % 7)}`),
    ];
    const found = await replayed({ accounts: accounts.join('\n'), takerFeeRate: '0.0005', marks: '0 | 90 | -' }, HOUSE);
    expect(found.tally.total.deleveragingFills).toBe(500);
    expect(found.tally.deleveragedAccounts.size).toBe(500);
    expect(balanceOf(found, 'loser')).toBe('0');
  });
});
