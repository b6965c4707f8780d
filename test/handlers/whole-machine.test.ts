import { describe, expect, it } from 'vitest';
import { booksOf, violationsOf } from '../support/delivery.ts';
import { GUARDED, HOUSE } from '../support/small-law.ts';
import { byStreams, inProcess } from './crash.ts';
import type { DeliveryWeather } from './memory-streams.ts';

describe.each([
  ['house', HOUSE],
  ['house-guarded', GUARDED],
] as const)('the functions rung by streams under %s', (_name, law) => {
  it('have market fills and deleveraging to do in this crash', async () => {
    const kinds = [...(await inProcess(law)).store.tables.Journal.values()].map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(['DELEVERAGING', 'MARKET_FILL']);
  });

  it.each<[string, DeliveryWeather]>([
    ['record by record', {}],
    ['in batches of ten', { batchSize: 10 }],
    ['with every record three times', { copies: 3 }],
    ['with every record twice, in batches', { copies: 2, batchSize: 7 }],
  ])('end as in one process when delivered %s', async (_weather, weather) => {
    const streams = await byStreams(law, weather);
    expect(booksOf(streams.delivery)).toEqual(booksOf(await inProcess(law)));
    expect(violationsOf(streams.delivery)).toEqual([]);
    expect(streams.failures).toEqual([]);
    expect(streams.quarantined).toEqual([]);
    expect([...streams.delivery.store.tables.Lanes.values()].flatMap(({ waves }) => waves)).toEqual([]);
  });
});
