import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Side } from '#core/market/side.ts';
import type { Price } from '#core/units/money.ts';
import { exposureKey, type GuardList, guardKey, HINT_SHARDS, type HintRow, hintItem } from './hint-rows.ts';
import type { Patience } from './patience.ts';
import { type Partition, queryItems } from './read-items.ts';
import { sideBySide } from './side-by-side.ts';
import { sortablePrice } from './sortable-price.ts';
import { writeFailureOf } from './weather.ts';

/** The Hints table. */
export interface HintTable {
  readonly client: DynamoDBClient;
  readonly tableName: string;
  readonly patience: Patience;
}

/** Sends a conditional write of one row. A condition that does not hold means that the row is as it should be already, or somebody else's by now. */
const settle = async ({ patience }: HintTable, send: () => Promise<unknown>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send();
      return;
    } catch (error) {
      const failure = writeFailureOf(error);
      if (failure === 'REFUSED') return;
      if (failure === 'BROKEN' || attempt >= patience.attemptsMax) throw error;
      await patience.pause(attempt);
    }
  }
};

const versionOf = ({ poolVersion }: HintRow) => ({ ':version': { N: String(poolVersion) } });

/** Puts rows, unless they are there for this version of their pool or a later one. */
export const putHints = async (table: HintTable, rows: readonly HintRow[]): Promise<void> => {
  await sideBySide(rows, (row) =>
    settle(table, () =>
      table.client.send(
        new PutItemCommand({
          TableName: table.tableName,
          Item: hintItem.encode(row),
          ConditionExpression: 'attribute_not_exists(poolId) OR poolVersion < :version',
          ExpressionAttributeValues: versionOf(row),
        }),
      ),
    ),
  );
};

/** Removes rows, unless they were put again for a version of their pool after the one they name. */
export const removeHints = async (table: HintTable, rows: readonly HintRow[]): Promise<void> => {
  await sideBySide(rows, (row) =>
    settle(table, () =>
      table.client.send(
        new DeleteItemCommand({
          TableName: table.tableName,
          Key: { hintKey: { S: row.hintKey }, position: { S: row.position } },
          ConditionExpression: 'poolVersion <= :version',
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
export const crossedRows = async (table: HintTable, marketId: string, mark: Price): Promise<readonly HintRow[]> => [
  ...(await guardRowsOf(table, marketId, 'BELOW', { expression: 'position >= :mark', values: { ':mark': sortablePrice(mark, 'DOWN') } })),
  ...(await guardRowsOf(table, marketId, 'ABOVE', { expression: 'position < :mark', values: { ':mark': `${sortablePrice(mark, 'UP')}$` } })),
];

/** Rows of the pools with a position of that side in the market. */
export const exposureRows = (table: HintTable, marketId: string, side: Side): Promise<readonly HintRow[]> =>
  rowsOf(table, (shard) => exposureKey(marketId, side, shard));
