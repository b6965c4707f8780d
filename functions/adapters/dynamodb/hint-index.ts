import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Side } from '#core/market/side.ts';
import type { Price } from '#core/units/money.ts';
import { exposureKey, type GuardList, guardKey, HINT_SHARDS, type HintRow, hintItem } from './hint-rows.ts';
import { sendPatiently } from './patience.ts';
import { type Partition, queryItems } from './read-items.ts';
import type { Sender } from './send-transaction.ts';
import { sideBySide } from './side-by-side.ts';
import { sortablePrice } from './sortable-price.ts';

/** The Hints table. */
export interface HintTable extends Sender {
  readonly tableName: string;
}

const versionOf = ({ poolVersion }: HintRow) => ({ ':version': { N: String(poolVersion) } });

/** Absent, or of a version of the pool that is not after the one that the row is for: nobody undoes what a later version did. */
const NOT_LATER = {
  ConditionExpression: 'attribute_not_exists(#poolId) OR #poolVersion <= :version',
  ExpressionAttributeNames: { '#poolId': 'poolId', '#poolVersion': 'poolVersion' },
};

/**
 * Puts a row, unless it is there for a later version of its pool. Equal versions pass as well: the engine puts rows ahead of the version that it is about
 * to write, and one that it never wrote must not lock the pool.
 */
export const hintPut = (TableName: string, row: HintRow): TransactWriteItem => ({
  Put: { TableName, Item: hintItem.encode(row), ...NOT_LATER, ExpressionAttributeValues: versionOf(row) },
});

/** Removes a row, unless it was put again for a version of its pool after the one that it names. */
export const hintRemoval = (TableName: string, row: HintRow): TransactWriteItem => ({
  Delete: {
    TableName,
    Key: { hintKey: { S: row.hintKey }, position: { S: row.position } },
    ...NOT_LATER,
    ExpressionAttributeValues: versionOf(row),
  },
});

/** One row at a time: what a later version did to one of them says nothing of the others. */
const writeEach = async ({ client, patience }: HintTable, items: readonly TransactWriteItem[]): Promise<void> => {
  await sideBySide(items, (item) => sendPatiently(patience, () => client.send(new TransactWriteItemsCommand({ TransactItems: [item] }))));
};

/** Puts rows by themselves. */
export const putHints = (table: HintTable, rows: readonly HintRow[]): Promise<void> =>
  writeEach(
    table,
    rows.map((row) => hintPut(table.tableName, row)),
  );

/** Removes rows by themselves. */
export const removeHints = (table: HintTable, rows: readonly HintRow[]): Promise<void> =>
  writeEach(
    table,
    rows.map((row) => hintRemoval(table.tableName, row)),
  );

const SHARDS = Array.from({ length: HINT_SHARDS }, (_, shard) => shard);

const rowsOf = async (table: HintTable, keyOf: (shard: number) => string, range?: Partition['range']): Promise<readonly HintRow[]> => {
  const shards = await sideBySide(SHARDS, (shard) => {
    const partition: Partition = { tableName: table.tableName, key: ['hintKey', keyOf(shard)] };
    return queryItems(table.client, range === undefined ? partition : { ...partition, range });
  });
  return shards.flat().map(hintItem.decode);
};

const guardRowsOf = (table: HintTable, marketId: string, list: GuardList, range?: Partition['range']): Promise<readonly HintRow[]> =>
  rowsOf(table, (shard) => guardKey(marketId, list, shard), range);

/** Rows of the pools that are looked at on the next mark of the market, whatever it is. */
export const dueRows = (table: HintTable, marketId: string): Promise<readonly HintRow[]> => guardRowsOf(table, marketId, 'DUE');

/** Rows of the guards that a mark may not leave strictly inside: below ≥ mark or above ≤ mark. A position ends in `#` and the pool; `$` sorts behind `#`. */
export const crossedRows = async (table: HintTable, marketId: string, mark: Price): Promise<readonly HintRow[]> => {
  const [below, above] = await Promise.all([
    guardRowsOf(table, marketId, 'BELOW', { name: 'position', operator: '>=', value: sortablePrice(mark, 'DOWN') }),
    guardRowsOf(table, marketId, 'ABOVE', { name: 'position', operator: '<', value: `${sortablePrice(mark, 'UP')}$` }),
  ]);
  return [...below, ...above];
};

/** Rows of the pools with a position of that side in the market. */
export const exposureRows = (table: HintTable, marketId: string, side: Side): Promise<readonly HintRow[]> =>
  rowsOf(table, (shard) => exposureKey(marketId, side, shard));
