import { describe, expect, it } from 'vitest';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { booksOf, violationsOf } from '../support/delivery.ts';
import { GUARDED, HOUSE } from '../support/small-law.ts';
import { byStreams, INVERSE_CRASH, inProcess } from './crash.ts';
import type { DeliveryWeather } from './memory-streams.ts';

const ended = (law: typeof HOUSE) => inProcess(law, INVERSE_CRASH);

describe.each([
  ['house', HOUSE],
  ['house-guarded', GUARDED],
] as const)('a crash of inverse contracts under %s', (_name, law) => {
  it('has market fills and deleveraging to do, and breaks no invariant', async () => {
    const engine = await ended(law);
    const kinds = [...engine.store.tables.Journal.values()].map(({ kind }) => kind);
    expect([...new Set(kinds)].sort()).toEqual(['DELEVERAGING', 'MARKET_FILL']);
    expect(violationsOf(engine)).toEqual([]);
  });

  it.each<[string, DeliveryWeather]>([
    ['record by record', {}],
    ['with every record twice, in batches', { copies: 2, batchSize: 7 }],
  ])('ends as in one process when it is delivered %s', async (_weather, weather) => {
    const streams = await byStreams(law, weather, async () => {}, INVERSE_CRASH);
    expect(booksOf(streams.delivery)).toEqual(booksOf(await ended(law)));
    expect(violationsOf(streams.delivery)).toEqual([]);
    expect([streams.failures, streams.quarantined]).toEqual([[], []]);
  });

  it('leaves markets and pools that come back from their items as they are', async () => {
    const { Markets, Pools } = (await ended(law)).store.tables;
    for (const market of Markets.values()) {
      expect(market.terms.contract).toBe('INVERSE');
      const item = marketItem.encode({ market, fundId: 'btc' });
      expect(marketItem.encode(marketItem.decode(item))).toEqual(item);
      expect(marketItem.decode(item).market.terms.contract).toBe('INVERSE');
    }
    for (const pool of Pools.values()) {
      const item = poolItem.encode(pool);
      expect(poolItem.encode(poolItem.decode(item))).toEqual(item);
    }
  });
});
