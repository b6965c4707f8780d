import { nextVersion, type Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { MemoryStore } from '#local/store/memory-store.ts';
import { committingBy, type Engine } from './delivery.ts';

/** The engine with somebody who writes right before each of its next `times` commits. */
export const withOtherWriter = (engine: Engine, times: number, write: () => Promise<unknown>): Engine => {
  let left = times;
  return committingBy(engine, (commit) => async (writes) => {
    if (left > 0) {
      left -= 1;
      await write();
    }
    return commit(writes);
  });
};

/** The engine that stops at its k-th commit, before or right after it took effect. */
export const crashingAt = (engine: Engine, k: number, moment: 'BEFORE' | 'AFTER'): Engine => {
  let count = 0;
  return committingBy(engine, (commit) => async (writes) => {
    count += 1;
    if (count === k && moment === 'BEFORE') throw new Crash();
    const outcome = await commit(writes);
    if (count === k) throw new Crash();
    return outcome;
  });
};

export class Crash extends Error {
  override readonly name = 'Crash';
}

/** Writes an item again as its owner would, with nothing in it changed but its version. */
export const touchPool = (store: MemoryStore, poolId: string): Promise<unknown> =>
  store.commit([{ table: 'Pools', item: nextVersion(present(store.tables.Pools.get(poolId), poolId), 'VENUE') }]);

export const touchMarket = (store: MemoryStore, marketId: string): Promise<unknown> =>
  store.commit([{ table: 'Markets', item: nextVersion(present(store.tables.Markets.get(marketId), marketId), 'OPERATOR') }]);

export const touchFund = (store: MemoryStore): Promise<unknown> =>
  store.commit([{ table: 'Funds', item: nextVersion(present(store.tables.Funds.get('usdt'), 'usdt'), 'VENUE') }]);

/** Every commit of the engine from here on, as the list of what it wrote. */
export const commitsOf = (engine: Engine): { readonly engine: Engine; readonly commits: (readonly Write[])[] } => {
  const commits: (readonly Write[])[] = [];
  const listening = committingBy(engine, (commit) => async (writes) => {
    const outcome = await commit(writes);
    if (outcome === 'COMMITTED') commits.push(writes);
    return outcome;
  });
  return { engine: listening, commits };
};

/** A write in a word: its table, and for items of one action that action. */
export const shown = (write: Write): string =>
  write.table === 'Rings' || write.table === 'Nominations' ? `${write.table} ${write.action}` : write.table;
