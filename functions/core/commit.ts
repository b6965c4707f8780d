import type { JournalEntry } from './account/ledger.ts';
import type { Pool } from './account/pool.ts';
import type { WithdrawalGate } from './account/withdrawal-gate.ts';
import type { Decision } from './decision.ts';
import type { FundState } from './insurance/fund-state.ts';
import type { Lane } from './lane.ts';
import type { LiquidationCase } from './liquidation/liquidation-case.ts';
import type { CancelInstruction, LiquidationOrder } from './liquidation/order.ts';
import type { ThrottleCounter } from './liquidation/throttle.ts';
import type { MarketState } from './market/market-state.ts';
import type { Nomination, Ring } from './wave.ts';

/** A part of the engine that writes; the item says who wrote it last. */
export type Writer = 'VENUE' | 'WATCH' | 'EVALUATE' | 'OPEN' | 'SETTLE' | 'DELEVERAGE' | 'OPERATOR';

/** The deleveraging order that tells the venue what happened to a counterparty. */
export interface DeleveragingOrder {
  readonly orderId: string;
  readonly kind: 'DELEVERAGING';
  readonly caseId: string;
  readonly poolId: string;
  readonly accountId: string;
  readonly marketId: string;
  readonly side: 'BUY' | 'SELL';
  readonly quantity: string;
  readonly price: string;
  readonly version: number;
  readonly lastWriter: string;
}

export type Order = LiquidationOrder | CancelInstruction | DeleveragingOrder;

/**
 * One conditional write. A mutable item carries the version that it has after the write: it commits only over the version before it (absent for 1).
 * A gate is removed over exactly the version that it has. Rings and nominations are put if absent and removed if present; entries and decisions are put once.
 */
export type Write =
  | { readonly table: 'Markets'; readonly item: MarketState }
  | { readonly table: 'Pools'; readonly item: Pool }
  | { readonly table: 'Cases'; readonly item: LiquidationCase }
  | { readonly table: 'Orders'; readonly item: Order }
  | { readonly table: 'Funds'; readonly item: FundState }
  | { readonly table: 'Throttles'; readonly item: ThrottleCounter }
  | { readonly table: 'Lanes'; readonly item: Lane }
  | { readonly table: 'Gates'; readonly action: 'PUT' | 'REMOVE'; readonly item: WithdrawalGate }
  | { readonly table: 'Rings'; readonly action: 'PUT' | 'REMOVE'; readonly item: Ring }
  | { readonly table: 'Nominations'; readonly action: 'PUT' | 'REMOVE'; readonly item: Nomination }
  | { readonly table: 'Journal'; readonly entry: JournalEntry }
  | { readonly table: 'Decisions'; readonly decision: Decision };

/** All or nothing. CONFLICT: somebody wrote an item in between; read again, decide again. */
export type CommitOutcome = 'COMMITTED' | 'CONFLICT';

export type CommitPort = (writes: readonly Write[]) => Promise<CommitOutcome>;

/** The item as its next version. */
export const nextVersion = <Item extends { readonly version: number; readonly lastWriter: string }>(item: Item, writer: Writer): Item => ({
  ...item,
  version: item.version + 1,
  lastWriter: writer,
});
