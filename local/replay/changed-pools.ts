import type { Write } from '#core/commit.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { CommitObserver } from '../store/memory-store.ts';
import type { MemoryTables } from '../store/memory-tables.ts';

/** Remembers the pools that settlement and deleveraging changed: the doorbell of their new guards. */
export class ChangedPools implements CommitObserver {
  readonly #poolIds = new Set<string>();

  readonly beforeCommit = (_tables: MemoryTables, writes: readonly Write[]): void => {
    for (const write of writes) {
      if (write.table === 'Pools' && (write.item.lastWriter === 'SETTLE' || write.item.lastWriter === 'DELEVERAGE')) {
        this.#poolIds.add(write.item.poolId);
      }
    }
  };

  /** The pools since the last call, by id. */
  take(): readonly string[] {
    const poolIds = [...this.#poolIds].sort(byCodeUnits);
    this.#poolIds.clear();
    return poolIds;
  }
}
