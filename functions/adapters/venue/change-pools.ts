import { isDeepStrictEqual } from 'node:util';
import type { CancellationReason, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { changedPool, type NewPool, openedPool, type PoolChange } from '#core/account/change-pool.ts';
import type { Pool } from '#core/account/pool.ts';
import { withdrawalSwitchKey } from '../dynamodb/gate-item.ts';
import { hintPut } from '../dynamodb/hint-index.ts';
import { hintRowsOf } from '../dynamodb/hint-rows.ts';
import { poolItem } from '../dynamodb/pool-item.ts';
import { getItem } from '../dynamodb/read-items.ts';
import { ITEMS_PER_TRANSACTION_MAX, isRefused, sendTransaction } from '../dynamodb/send-transaction.ts';
import { ifAbsent } from '../dynamodb/write-conditions.ts';
import { accepted, encoded, VenueInputError } from './venue-input.ts';
import type { VenueTables } from './venue-tables.ts';

/** CONFLICT: a pool is not the version it was changed from; load it and decide again. The others: not now, whatever the version. */
export type PoolAnswer = 'WRITTEN' | 'CONFLICT' | 'IN_LIQUIDATION' | 'WITHDRAWALS_CLOSED';

/** A pool as the venue loaded it, and what is booked on it. */
export interface PoolBooking {
  readonly pool: Pool;
  readonly change: PoolChange;
}

/** An item of the transaction and what its refusal means; `found` is the item that stood in the way. */
interface Part {
  readonly item: TransactWriteItem;
  readonly refusal: (found: CancellationReason['Item']) => Exclude<PoolAnswer, 'WRITTEN'>;
}

/** The rows that lead to a pool's new version. */
const hintItems = ({ tables }: VenueTables, pool: Pool): readonly TransactWriteItem[] =>
  hintRowsOf(pool).map((row) => hintPut(tables.hints, row));

const poolPart = ({ tables }: VenueTables, pool: Pool): Part => ({
  item: {
    Put: {
      TableName: tables.pools,
      Item: encoded(poolItem, pool),
      ConditionExpression: '#version = :before AND attribute_type(#caseId, :null)',
      ExpressionAttributeNames: { '#version': 'version', '#caseId': 'caseId' },
      ExpressionAttributeValues: { ':before': { N: String(pool.version - 1) }, ':null': { S: 'NULL' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
  refusal: (found) => (found?.caseId?.S === undefined ? 'CONFLICT' : 'IN_LIQUIDATION'),
});

const gatePart = ({ tables }: VenueTables, asset: string): Part => ({
  item: {
    ConditionCheck: {
      TableName: tables.controls,
      Key: { controlKey: { S: withdrawalSwitchKey(asset) } },
      ...ifAbsent('controlKey'),
    },
  },
  refusal: () => 'WITHDRAWALS_CLOSED',
});

/** Gates first, pools next: where several conditions fail, the one that a new version of the pool will not mend is told. */
const partsOf = (venue: VenueTables, bookings: readonly PoolBooking[]): readonly Part[] => {
  const after = bookings.map(({ pool, change }) => accepted(changedPool(pool, change)));
  const withdrawn = bookings.filter(({ change }) => change.kind === 'WITHDRAWAL').map(({ pool }) => pool.settlementAsset);
  return [
    ...[...new Set(withdrawn)].map((asset) => gatePart(venue, asset)),
    ...after.map((pool) => poolPart(venue, pool)),
    ...after.flatMap((pool) => hintItems(venue, pool)).map((item): Part => ({ item, refusal: () => 'CONFLICT' })),
  ];
};

const refusalOf = (parts: readonly Part[], reasons: readonly CancellationReason[]): PoolAnswer => {
  const answers = parts.flatMap(({ refusal }, place) => (isRefused(reasons[place]) ? [refusal(reasons[place]?.Item)] : []));
  return answers.find((answer) => answer !== 'CONFLICT') ?? 'CONFLICT';
};

const checkSize = (items: number): void => {
  if (items > ITEMS_PER_TRANSACTION_MAX) {
    throw new VenueInputError(
      `one transaction holds at most \`${ITEMS_PER_TRANSACTION_MAX}\` items, and these pools with their hints are \`${items}\``,
    );
  }
};

/** The pool, strongly read; null where there is none. */
export const loadPool = async ({ client, tables }: VenueTables, poolId: string): Promise<Pool | null> => {
  const item = await getItem(client, tables.pools, { poolId });
  return item === null ? null : poolItem.decode(item);
};

/**
 * Books changes on pools, each once, all or nothing: both sides of a trade come together or not at all. Each pool goes over exactly the version that it was
 * loaded as, free of a case, and is due at the next mark of every market that it holds. Throws `VenueInputError` for what no pool may hold.
 */
export const changePools = async (venue: VenueTables, bookings: readonly PoolBooking[]): Promise<PoolAnswer> => {
  const twice = bookings.find(({ pool }, place) => bookings.findIndex((other) => other.pool.poolId === pool.poolId) !== place);
  if (twice !== undefined) throw new VenueInputError(`pool \`${twice.pool.poolId}\` is changed twice in one booking`);
  if (bookings.length === 0) throw new VenueInputError('a booking changes at least one pool');
  const parts = partsOf(venue, bookings);
  checkSize(parts.length);
  const reasons = await sendTransaction(
    venue,
    parts.map(({ item }) => item),
  );
  return reasons === null ? 'WRITTEN' : refusalOf(parts, reasons);
};

/** Puts the first version of a pool, where there is none of its id. CONFLICT: there is another one, or this one has gone on. Throws `VenueInputError`. */
export const openPool = async (venue: VenueTables, opening: NewPool): Promise<'WRITTEN' | 'ALREADY_THERE' | 'CONFLICT'> => {
  const pool = accepted(openedPool(opening));
  const Item = encoded(poolItem, pool);
  const put: TransactWriteItem = {
    Put: {
      TableName: venue.tables.pools,
      Item,
      ...ifAbsent('poolId'),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
  const items = [put, ...hintItems(venue, pool)];
  checkSize(items.length);
  const reasons = await sendTransaction(venue, items);
  if (reasons === null) return 'WRITTEN';
  return isDeepStrictEqual(reasons[0]?.Item, Item) ? 'ALREADY_THERE' : 'CONFLICT';
};
