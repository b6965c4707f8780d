import { createHash } from 'node:crypto';
import type { Guard, Pool } from '#core/account/pool.ts';
import type { Side } from '#core/market/side.ts';
import { count, text } from './attribute.ts';
import { itemCodec } from './item.ts';
import { composedKey } from './key-attributes.ts';
import { sortablePrice } from './sortable-price.ts';

/** A row that leads from a mark or a market to a pool. It may be stale: the pool itself decides. */
export interface HintRow {
  readonly hintKey: string;
  readonly position: string;
  readonly poolId: string;
  /** Version of the pool that the row was last put for. Whoever removes a row names the version that he saw. */
  readonly poolVersion: number;
}

/** Partitions of each list: a market's hints are written by many at once. */
export const HINT_SHARDS = 4;

export type GuardList = 'BELOW' | 'ABOVE' | 'DUE';

export const guardKey = (marketId: string, list: GuardList, shard: number): string => `GUARD#${marketId}#${list}#${shard}`;
export const exposureKey = (marketId: string, side: Side, shard: number): string => `EXPOSURE#${marketId}#${side}#${shard}`;

const shardOf = (poolId: string): number => createHash('sha256').update(poolId, 'utf8').digest().readUInt8(0) % HINT_SHARDS;

/** Hints: (list and shard, position) → a pool. */
export const hintItem = itemCodec<HintRow>({
  table: 'Hints',
  keys: ['hintKey', 'position'],
  members: {
    hintKey: composedKey,
    position: text('a price and a pool, or a pool', /^(?:\d{20}\.\d{18}#)?[A-Za-z0-9_.#-]{1,160}$/),
    poolId: composedKey,
    poolVersion: count,
  },
});

type Row = Omit<HintRow, 'poolVersion'>;

/** Rounded so that a mark finds the row whenever it reaches the guard: a lower bound up, an upper one down. */
const guardRows = (poolId: string, guard: Guard): readonly Row[] => {
  const keyOf = (list: GuardList): string => guardKey(guard.marketId, list, shardOf(poolId));
  if (guard.kind === 'DUE') return [{ hintKey: keyOf('DUE'), position: poolId, poolId }];
  const { below, above } = guard;
  const lower = below === null ? [] : [{ hintKey: keyOf('BELOW'), position: `${sortablePrice(below, 'UP')}#${poolId}`, poolId }];
  const upper = above === null ? [] : [{ hintKey: keyOf('ABOVE'), position: `${sortablePrice(above, 'DOWN')}#${poolId}`, poolId }];
  return [...lower, ...upper];
};

/** The rows that lead to a pool as it is: one per bound of its guards, one per position. */
export const hintRowsOf = (pool: Pool): readonly HintRow[] => {
  const exposures = pool.positions.map(({ marketId, side }) => ({
    hintKey: exposureKey(marketId, side, shardOf(pool.poolId)),
    position: pool.poolId,
    poolId: pool.poolId,
  }));
  return [...pool.guards.flatMap((guard) => guardRows(pool.poolId, guard)), ...exposures].map((row) => ({
    ...row,
    poolVersion: pool.version,
  }));
};

/** The row that has a pool looked at on the next mark of a market, whatever its guard says. */
export const dueRow = (pool: Pool, marketId: string): HintRow => ({
  hintKey: guardKey(marketId, 'DUE', shardOf(pool.poolId)),
  position: pool.poolId,
  poolId: pool.poolId,
  poolVersion: pool.version,
});

const nameOf = ({ hintKey, position }: HintRow): string => `${hintKey}/${position}`;

/** The rows that are in `rows` and not in `others`. */
export const rowsBeyond = (rows: readonly HintRow[], others: readonly HintRow[]): readonly HintRow[] => {
  const there = new Set(others.map(nameOf));
  return rows.filter((row) => !there.has(nameOf(row)));
};
