import { holdsMarket, type Pool } from '#core/account/pool.ts';
import type { CommitOutcome, Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { apply, isAllowed } from './apply-writes.ts';
import { GuardIndexes } from './guard-index.ts';
import { emptyTables, type InitialState, type MemoryTables } from './memory-tables.ts';

/** The item that a write replaces, for whoever checks or counts what a commit did. */
export interface CommitObserver {
  /** Called before the writes are applied, with the tables as they still are. */
  readonly beforeCommit: (tables: MemoryTables, writes: readonly Write[]) => void;
}

/**
 * The engine's tables in memory, with the conditions that the deployed tables have: every write over exactly the version before it, all or nothing.
 * Pools are indexed by guard, market and side, so that a quiet mark never reads the book.
 */
export class MemoryStore {
  readonly tables: MemoryTables = emptyTables();
  readonly #guards = new GuardIndexes();
  readonly #holders = new Map<string, Set<string>>();
  readonly #cases = new Map<string, Set<string>>();
  readonly #observers: readonly CommitObserver[];
  commits = 0;

  constructor(initial: InitialState, observers: readonly CommitObserver[]) {
    for (const market of initial.markets) this.tables.Markets.set(market.terms.marketId, market);
    for (const fund of initial.funds) this.tables.Funds.set(fund.fundId, fund);
    for (const pool of initial.pools) {
      this.#index(undefined, pool);
      this.tables.Pools.set(pool.poolId, pool);
    }
    this.#observers = observers;
  }

  readonly commit = async (writes: readonly Write[]): Promise<CommitOutcome> => {
    if (!writes.every((write) => isAllowed(this.tables, write))) return 'CONFLICT';
    for (const observer of this.#observers) observer.beforeCommit(this.tables, writes);
    for (const write of writes) {
      if (write.table === 'Cases') this.#fileCase(write.item);
      if (write.table === 'Pools') this.#index(this.tables.Pools.get(write.item.poolId), write.item);
      apply(this.tables, write);
    }
    this.commits += 1;
    return 'COMMITTED';
  };

  /** Pools holding `marketId` that a mark of one of `movedMarketIds` may endanger, by `poolId`. */
  endangered(marketId: string, movedMarketIds: readonly string[]): readonly Pool[] {
    const poolIds = new Set<string>(this.#guards.of(marketId).due());
    for (const moved of movedMarketIds) {
      const mark = this.tables.Markets.get(moved)?.accepted?.markPrice;
      if (mark === undefined) continue;
      for (const poolId of this.#guards.of(moved).crossedBy(mark)) poolIds.add(poolId);
    }
    const pools = [...poolIds].sort(byCodeUnits).map((poolId) => present(this.tables.Pools.get(poolId), `pool ${poolId} is indexed`));
    return pools.filter((pool) => holdsMarket(pool, marketId));
  }

  /** Pools with a position of that side in the market, by `poolId`. */
  holders(marketId: string, side: Side): readonly Pool[] {
    const poolIds = [...(this.#holders.get(`${marketId}#${side}`) ?? [])].sort(byCodeUnits);
    return poolIds.map((poolId) => present(this.tables.Pools.get(poolId), `pool ${poolId} is indexed`));
  }

  /** How many pools hold the market on either side. */
  holderCount(marketId: string): number {
    const shorts = this.#holders.get(`${marketId}#SHORT`) ?? new Set<string>();
    const longs = this.#holders.get(`${marketId}#LONG`) ?? new Set<string>();
    return longs.size + [...shorts].filter((poolId) => !longs.has(poolId)).length;
  }

  /** Cases whose current attempt belongs to a wave, in opening order. */
  casesOfWave(waveId: string): readonly LiquidationCase[] {
    const cases = [...(this.#cases.get(waveId) ?? [])].map((caseId) => present(this.tables.Cases.get(caseId), `case ${caseId} is indexed`));
    return cases.sort((a, b) => a.waveRank - b.waveRank);
  }

  #fileCase({ caseId, wave }: LiquidationCase): void {
    const before = this.tables.Cases.get(caseId)?.wave;
    if (before === wave) return;
    if (before !== undefined) this.#cases.get(before)?.delete(caseId);
    const filed = this.#cases.get(wave) ?? new Set<string>();
    filed.add(caseId);
    this.#cases.set(wave, filed);
  }

  #index(before: Pool | undefined, after: Pool): void {
    this.#guards.replace(before, after);
    if (before?.positions === after.positions) return;
    for (const { marketId, side } of before?.positions ?? []) this.#holders.get(`${marketId}#${side}`)?.delete(after.poolId);
    for (const { marketId, side } of after.positions) {
      const key = `${marketId}#${side}`;
      const holders = this.#holders.get(key) ?? new Set<string>();
      holders.add(after.poolId);
      this.#holders.set(key, holders);
    }
  }
}
