import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Side } from '#core/market/side.ts';
import type { Price } from '#core/units/money.ts';
import { exposureKey, type GuardList, guardKey, HINT_SHARDS, type HintRow, hintItem } from './hint-rows.ts';
import { type Patience, sendPatiently } from './patience.ts';
import { type Partition, queryItems } from './read-items.ts';
import { sideBySide } from './side-by-side.ts';
import { sortablePrice } from './sortable-price.ts';

/** The Hints table. */
export interface HintTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly patience: Patience;
}

const versionOf = ({ poolVersion }: HintRow) => ({ ':version': { N: String(poolVersion) } });

/** Puts rows, unless they are there for this version of their pool or a later one. */
export const putHints = async ({ client, tableName, patience }: HintTable, rows: readonly HintRow[]): Promise<void> => {
  await sideBySide(rows, (row) =>
    sendPatiently(patience, () =>
      client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: hintItem.encode(row),
          ConditionExpression: 'attribute_not_exists(#poolId) OR #poolVersion < :version',
          ExpressionAttributeNames: { '#poolId': 'poolId', '#poolVersion': 'poolVersion' },
          ExpressionAttributeValues: versionOf(row),
        }),
      ),
    ),
  );
};

/** Removes rows, unless they were put again for a version of their pool after the one they name. */
export const removeHints = async ({ client, tableName, patience }: HintTable, rows: readonly HintRow[]): Promise<void> => {
  await sideBySide(rows, (row) =>
    sendPatiently(patience, () =>
      client.send(
        new DeleteItemCommand({
          TableName: tableName,
          Key: { hintKey: { S: row.hintKey }, position: { S: row.position } },
          ConditionExpression: '#poolVersion <= :version',
          ExpressionAttributeNames: { '#poolVersion': 'poolVersion' },
          ExpressionAttributeValues: versionOf(row),
        }),
      ),
    ),
  );
};

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
