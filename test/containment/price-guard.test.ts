import { describe, expect, it } from 'vitest';
import { GUARDED } from '../support/small-law.ts';
import { recorded, replayed } from '../support/small-venue.ts';

describe('FPP-4: nothing is liquidated on a price that cannot be believed, and what was held back says why', () => {
  const accounts = 'loser | 50 | LONG 10 AAA 100 + LONG 1 BBB 50\n winner | 1000 | SHORT 10 AAA 100';

  it('a divergent one, a jumping one: each is kept out with its reason, the last one for what may confirm it', async () => {
    const outcome = await replayed({ accounts, marks: '0 | 100 | 50\n 15 | 94/105 | -\n 30 | 80 | -', fund: '900' }, GUARDED);
    expect(outcome.tally.total.breaches).toBe(0);
    expect(recorded(outcome, 'MARK').map(({ verdict }) => Object(verdict).reason)).toEqual(['INDEX_DIVERGENCE', 'JUMP_UNCONFIRMED']);
    expect(outcome.tables.Markets.get('AAA')?.pending?.observation.markPrice.toFixed()).toBe('80');
  });

  it('a stale one of another leg: the pool is not judged, and the record names the market', async () => {
    const outcome = await replayed({ accounts, marks: '0 | 100 | 50\n 61 | 94 | -', fund: '900' }, GUARDED);
    expect([outcome.tally.total.breaches, outcome.tally.safeguards.refused]).toEqual([0, 1]);
    expect(JSON.stringify(recorded(outcome, 'MARGIN'))).toContain('BBB');
    expect((await replayed({ accounts, marks: '0 | 100 | 50\n 60 | 94 | -', fund: '900' }, GUARDED)).tally.total.breaches).toBe(1);
  });
});
