import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { invariant } from '#core/invariant.ts';
import type { Attributes } from './item.ts';
import { type Patience, patience } from './patience.ts';
import { sideBySide } from './side-by-side.ts';

/** Pages of one query, 1 MB each: far above every list there is. */
const PAGES_MAX = 2000;

/** Keys that the service takes in one batch. */
const KEYS_PER_BATCH_MAX = 100;

/** Rounds in which a batch gives what it could not before. */
const ROUNDS_MAX = 20;

/** The key of an item, attribute by attribute. */
export type ItemKey = Readonly<Record<string, string | number>>;

const attributesOf = (key: ItemKey): Attributes =>
  Object.fromEntries(Object.entries(key).map(([name, value]) => [name, typeof value === 'number' ? { N: String(value) } : { S: value }]));

/** The item of a key, strongly read; null where there is none. */
export const getItem = async (client: DynamoDBClient, tableName: string, key: ItemKey): Promise<Attributes | null> => {
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key: attributesOf(key), ConsistentRead: true }));
  return Item ?? null;
};

const getBatch = async (client: DynamoDBClient, tableName: string, keys: readonly ItemKey[], { pause }: Patience) => {
  const items: Attributes[] = [];
  let left: BatchGetItemCommandInput['RequestItems'] = { [tableName]: { Keys: keys.map(attributesOf), ConsistentRead: true } };
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const { Responses, UnprocessedKeys = {} }: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    items.push(...(Responses?.[tableName] ?? []));
    if (Object.keys(UnprocessedKeys).length === 0) return items;
    left = UnprocessedKeys;
    await pause(round);
  }
  throw new Error(`a batch of ${keys.length} keys of \`${tableName}\` is not read after ${ROUNDS_MAX} rounds`);
};

/** The items of these keys that are there, strongly read, in no order. Keys are different from each other. */
export const getItems = async (client: DynamoDBClient, tableName: string, keys: readonly ItemKey[]): Promise<readonly Attributes[]> => {
  const batches: ItemKey[][] = [];
  for (let from = 0; from < keys.length; from += KEYS_PER_BATCH_MAX) batches.push(keys.slice(from, from + KEYS_PER_BATCH_MAX));
  return (await sideBySide(batches, (batch) => getBatch(client, tableName, batch, patience))).flat();
};

/** Whether a partition holds anything: one item is read. */
export const hasItems = async (client: DynamoDBClient, tableName: string, key: Partition['key']): Promise<boolean> =>
  (await queryItems(client, { tableName, key, last: 1 })).length > 0;

/** Which items of a partition are asked for. */
export interface Partition {
  readonly tableName: string;
  /** Attribute and value of the partition key. */
  readonly key: readonly [name: string, value: string];
  /** Bound of the sort key. */
  readonly range?: { readonly name: string; readonly operator: '<' | '>=' | 'begins_with'; readonly value: string };
  /** Last items first, and only so many of them. */
  readonly last?: number;
}

const rangeCondition = ({ operator }: NonNullable<Partition['range']>): string =>
  operator === 'begins_with' ? 'begins_with(#sort, :bound)' : `#sort ${operator} :bound`;

const inputOf = ({ tableName, key: [name, value], range, last }: Partition): QueryCommandInput => ({
  TableName: tableName,
  ConsistentRead: true,
  KeyConditionExpression: range === undefined ? '#key = :key' : `#key = :key AND ${rangeCondition(range)}`,
  ExpressionAttributeNames: { '#key': name, ...(range === undefined ? {} : { '#sort': range.name }) },
  ExpressionAttributeValues: { ':key': { S: value }, ...(range === undefined ? {} : { ':bound': { S: range.value } }) },
  ...(last === undefined ? {} : { ScanIndexForward: false, Limit: last }),
});

/** The pages of a query, each read when it is asked for. */
async function* pagesOf(client: DynamoDBClient, partition: Partition): AsyncGenerator<readonly Attributes[]> {
  let start: Attributes | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const found = await client.send(new QueryCommand({ ...inputOf(partition), ExclusiveStartKey: start }));
    yield found.Items ?? [];
    start = found.LastEvaluatedKey;
    if (start === undefined) return;
  }
  invariant(false, `a query of ${partition.key[1]} ends within ${PAGES_MAX} pages`);
}

/** The items of a partition in the order of their sort key, strongly read, page by page. Throws `InvariantViolation` when it does not end. */
export const queryItems = async (client: DynamoDBClient, partition: Partition): Promise<readonly Attributes[]> => {
  const items: Attributes[] = [];
  for await (const page of pagesOf(client, partition)) {
    items.push(...page);
    if (partition.last !== undefined && items.length >= partition.last) break;
  }
  return items;
};

/** The items of a partition from the last to the first, some at a time, for who may stop early. */
export const itemsFromLast = (
  client: DynamoDBClient,
  tableName: string,
  key: Partition['key'],
  perPage: number,
): AsyncGenerator<readonly Attributes[]> => pagesOf(client, { tableName, key, last: perPage });
