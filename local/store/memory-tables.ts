import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import type { WithdrawalGate } from '#core/account/withdrawal-gate.ts';
import type { Order } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { Lane } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { ThrottleCounter } from '#core/liquidation/throttle.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Nomination, Ring } from '#core/wave.ts';

/** The tables of the engine, in memory, by their keys. */
export interface MemoryTables {
  readonly Markets: Map<string, MarketState>;
  readonly Pools: Map<string, Pool>;
  readonly Cases: Map<string, LiquidationCase>;
  readonly Orders: Map<string, Order>;
  readonly Funds: Map<string, FundState>;
  readonly Throttles: Map<string, ThrottleCounter>;
  readonly Lanes: Map<string, Lane>;
  readonly Gates: Map<string, WithdrawalGate>;
  readonly Rings: Map<string, Ring>;
  readonly Nominations: Map<string, Nomination>;
  readonly Journal: Map<string, JournalEntry>;
  readonly Decisions: Map<string, Decision>;
}

export const emptyTables = (): MemoryTables => ({
  Markets: new Map(),
  Pools: new Map(),
  Cases: new Map(),
  Orders: new Map(),
  Funds: new Map(),
  Throttles: new Map(),
  Lanes: new Map(),
  Gates: new Map(),
  Rings: new Map(),
  Nominations: new Map(),
  Journal: new Map(),
  Decisions: new Map(),
});

/** Key of what there is at most once per wave and pool. */
export const wavePoolKey = (item: { readonly waveId: string; readonly poolId: string }): string => `${item.waveId}#${item.poolId}`;

/** What the engine starts from. */
export interface InitialState {
  readonly markets: readonly MarketState[];
  readonly pools: readonly Pool[];
  readonly funds: readonly FundState[];
}
