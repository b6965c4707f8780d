import { describe, expect, it } from 'vitest';
import { CONTAINING } from '../support/containing-law.ts';
import { recorded, replayed } from '../support/small-venue.ts';

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
