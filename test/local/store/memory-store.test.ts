import { describe, expect, it } from 'vitest';
import type { Write } from '#core/commit.ts';
import { entry, itemsOf, stage } from '../../audit/broken-promises.ts';

describe('the store', () => {
  it.each([
    ['a version that skips one', 1],
    ['a version that is there already', -1],
  ])('refuses %s, with all that it came with', async (_, offset) => {
    const { engine } = await stage();
    const { winner, fund } = itemsOf(engine);
    const before = engine.store.tables.Funds.get('usdt');
    const writes: readonly Write[] = [
      { table: 'Funds', item: fund },
      { table: 'Pools', item: { ...winner, version: winner.version + offset } },
    ];
    expect(await engine.store.commit(writes)).toBe('CONFLICT');
    expect(engine.store.tables.Funds.get('usdt')).toBe(before);
  });

  it('refuses what is put once when it is there, and what is removed when it is not', async () => {
    const { engine } = await stage();
    const ring = { waveId: 'usdt#AAA#9', poolId: 'winner#CROSS#USDT', cause: 'DUE' } as const;
    const posting = entry('MARKET_FILL', [['VENUE#AAA', '0', '0']]);
    expect(await engine.store.commit([{ table: 'Rings', action: 'REMOVE', item: ring }])).toBe('CONFLICT');
    expect(await engine.store.commit([{ table: 'Rings', action: 'PUT', item: ring }, posting])).toBe('COMMITTED');
    expect(await engine.store.commit([{ table: 'Rings', action: 'PUT', item: ring }])).toBe('CONFLICT');
    expect(await engine.store.commit([posting])).toBe('CONFLICT');
  });
});
