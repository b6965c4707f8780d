import { present } from '../invariant.ts';
import type { Side } from '../market/side.ts';
import type { Money, Price } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import type { Position } from './position.ts';

export type MarginMode = 'CROSS' | 'ISOLATED';

/**
 * The marks between which the pool needs no look as far as this market goes: while below < mark < above in every market of the pool, no rule fires.
 * null on a side: no mark that far endangers it. DUE: the pool is looked at on the next mark, whatever it is.
 */
export type Guard =
  | { readonly kind: 'INTERVAL'; readonly marketId: string; readonly below: Price | null; readonly above: Price | null }
  | { readonly kind: 'DUE'; readonly marketId: string };

/** The latest part of a pool that a liquidation was sent for, kept while a later one depends on it. */
export interface LastReduction {
  /** Name of the rule that chose it. */
  readonly rule: string;
  readonly at: EpochMs;
  /** End of its cooldown or interval; `at` where it has none. */
  readonly until: EpochMs;
}

/** The unit of margin: the cross pool of (account, settlement asset), or one isolated position. */
export interface Pool {
  readonly poolId: string;
  readonly accountId: string;
  readonly marginMode: MarginMode;
  readonly settlementAsset: string;
  readonly tags: readonly string[];
  /** Wallet balance of a cross pool, isolated margin of an isolated one. May be negative. */
  readonly balance: Money;
  /** Sorted by market, then side; quantities above zero. */
  readonly positions: readonly Position[];
  readonly guards: readonly Guard[];
  /** The live case that holds the pool; null when free. */
  readonly caseId: string | null;
  /** Cases ever opened on the pool; numbers the next one. */
  readonly caseCount: number;
  /** Since when the throttle has put an opening off; null when it has not. */
  readonly deferredSince: EpochMs | null;
  /** null where nothing was closed in part, or nothing depends on it any more. */
  readonly lastReduction: LastReduction | null;
  readonly version: number;
  readonly lastWriter: string;
}

export const crossPoolId = (accountId: string, asset: string): string => `${accountId}#CROSS#${asset}`;

export const isolatedPoolId = (accountId: string, marketId: string, side: Side): string => `${accountId}#ISOLATED#${marketId}#${side}`;

/** The margin mode of a pool, by its id: a cross pool is named after account and asset. */
export const marginModeOf = ({ poolId, accountId, settlementAsset }: Pick<Pool, 'poolId' | 'accountId' | 'settlementAsset'>): MarginMode =>
  poolId === crossPoolId(accountId, settlementAsset) ? 'CROSS' : 'ISOLATED';

export const positionIn = (pool: Pool, marketId: string, side: Side): Position | undefined =>
  pool.positions.find((position) => position.marketId === marketId && position.side === side);

/** The pool's position that a case, an order or a plan refers to. Throws `InvariantViolation` when it is gone. */
export const heldPosition = (pool: Pool, marketId: string, side: Side): Position =>
  present(positionIn(pool, marketId, side), `pool ${pool.poolId} holds ${side} ${marketId}`);

export const holdsMarket = (pool: Pool, marketId: string): boolean => pool.positions.some((position) => position.marketId === marketId);

/** Markets that the pool holds, each once, in the order of its positions. */
export const marketIdsOf = (pool: Pool): readonly string[] => [...new Set(pool.positions.map((position) => position.marketId))];

/** Guards that have the pool looked at on the next mark of any market that it holds. */
export const dueGuards = (pool: Pool): readonly Guard[] => marketIdsOf(pool).map((marketId) => ({ kind: 'DUE', marketId }));

/** A pool whose case reached `live` or its end: still held or free again, and looked at on the next mark either way. */
export const afterCase = (pool: Pool, live: boolean): Pool => ({ ...pool, caseId: live ? pool.caseId : null, guards: dueGuards(pool) });
