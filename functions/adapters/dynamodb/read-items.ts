import { type AttributeValue, type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { invariant } from '#core/invariant.ts';
import type { Attributes } from './item.ts';

/** Pages of one query, 1 MB each: far above every list there is. */
const PAGES_MAX = 2000;

/** The item of a key, strongly read; null where there is none. */
export const getItem = async (client: DynamoDBClient, tableName: string, key: Readonly<Record<string, string>>): Promise<Attributes | null> => {
  const Key = Object.fromEntries(Object.entries(key).map(([name, text]) => [name, { S: text }]));
  const { Item } = await client.send(new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }));
  return Item ?? null;
};

/** Which items of a partition are asked for. */
export interface Partition {
  readonly tableName: string;
  /** Attribute and value of the partition key. */
  readonly key: readonly [name: string, value: string];
  /** Bounds of the sort key, such as `position < :bound`, and their values. */
  readonly range?: { readonly expression: string; readonly values: Readonly<Record<string, string>> };
  /** Last items first, and only so many of them. */
  readonly last?: number;
}

const inputOf = ({ tableName, key: [name, value], range, last }: Partition) => {
  const values: Record<string, AttributeValue> = { ':key': { S: value } };
  for (const [placeholder, text] of Object.entries(range?.values ?? {})) values[placeholder] = { S: text };
  return {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: range === undefined ? `${name} = :key` : `${name} = :key AND ${range.expression}`,
    ExpressionAttributeValues: values,
    ...(last === undefined ? {} : { ScanIndexForward: false, Limit: last }),
  };
};

/** The items of a partition in the order of their sort key, strongly read, page by page. Throws `InvariantViolation` when it does not end. */
export const queryItems = async (client: DynamoDBClient, partition: Partition): Promise<readonly Attributes[]> => {
  const items: Attributes[] = [];
  let start: Attributes | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const found = await client.send(new QueryCommand({ ...inputOf(partition), ExclusiveStartKey: start }));
    items.push(...(found.Items ?? []));
    start = found.LastEvaluatedKey;
    if (start === undefined || (partition.last !== undefined && items.length >= partition.last)) return items;
  }
  invariant(false, `a query of ${partition.key[1]} ends within ${PAGES_MAX} pages`);
  return items;
};
