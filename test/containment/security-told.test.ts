import { describe, expect, it } from 'vitest';
import { securityRows } from '#local/replay/security-rows.ts';
import { CONTAINING } from '../support/containing-law.ts';
import { HOUSE } from '../support/small-law.ts';
import { bookOf, recorded, replayed } from '../support/small-venue.ts';

describe('STV-5: told and stamped', () => {
  const accounts = 'loser | 50 | LONG 10 AAA 100\n winner | 450 | SHORT 10 AAA 100';
  const replay = () => replayed({ accounts, fund: '100', marks: '0 | 100 | -\n 15 | 95 | -\n 30 | 70 | -' }, CONTAINING);

  it('every change of a band is a record with the ratio, and counted', async () => {
    const outcome = await replay();
    const told = recorded(outcome, 'SAFEGUARD')
      .map(({ event }) => Object(event))
      .filter(({ subject }) => subject === 'MARKET');
    expect(told).toMatchObject([
      { marketId: 'AAA', before: 'GREEN', band: 'AMBER', ratio: '0.6' },
      { before: 'AMBER', band: 'GREEN' },
    ]);
    expect(Object.fromEntries(outcome.tally.safeguards.bands)).toEqual({ AMBER: 1, GREEN: 1 });
  });

  it('every opening and every shortfall is stamped with band and ratio of its markets', async () => {
    const outcome = await replay();
    for (const kind of ['OPENING', 'SHORTFALL'] as const) {
      const stamps = recorded(outcome, kind).map(({ security }) => security);
      expect(stamps.length).toBeGreaterThan(0);
      for (const stamp of stamps) expect(stamp).toMatchObject({ AAA: { band: 'AMBER' } });
    }
  });
});

describe('STV-1, STV-2, STV-4: told in the report of a replay', () => {
  // At 50 the long has 400 − 250 and the short 400 + 500, the fund 100: 1,150 behind 500 of AAA.
  const venue = {
    accounts: 'a1 | 400 | LONG 5 AAA 100\n a2 | 400 | SHORT 10 AAA 100\n a3 | 700 | LONG 1 BBB 50',
    fund: '100',
    marks: '0 | 50 | -',
  };

  it('of each market by its law’s shock, and of all markets of the asset with every pool and fund once', async () => {
    const { tables } = await replayed(venue, CONTAINING);
    expect(securityRows(bookOf(venue), CONTAINING, tables)).toEqual([
      ['security to value at the end', 'depth', 'open interest', 'ratio', 'ratio under stress', 'buffer'],
      // Down a tenth: 125 + 950 + 100 less 1 % over 450; up: 175 + 850 + 100 less 1 % over 550. 1,150 − 500·0.11 = 1,095.
      ['AAA', '1,150.00', '500.00', '2.3000', '2.0355', '1,095.00'],
      // Nobody marked BBB: at the book’s 100 the holder has 750, and up a tenth 760 and 100 less 1.1 over 110.
      ['BBB', '850.00', '100.00', '8.5000', '7.8082', '839.00'],
      ['all of USDT', '–', '–', '3.1667', '–', '–'],
    ]);
  });

  it('without stress and buffer where the law watches no security, and with no ratio where nothing is open', async () => {
    const { tables } = await replayed(venue, HOUSE);
    expect(securityRows(bookOf(venue), HOUSE, tables)[1]).toEqual(['AAA', '1,150.00', '500.00', '2.3000', '–', '–']);
    const empty = { ...venue, accounts: 'a1 | 400 | -' };
    const { tables: idle } = await replayed(empty, HOUSE);
    expect(securityRows(bookOf(empty), HOUSE, idle).map((row) => row[3])).toEqual(['ratio', '–', '–', '–']);
  });
});
