import { type DynamoDBClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';

/** All items of a table, strongly read, page by page. Nobody may write it meanwhile. */
export const scanItems = async (client: DynamoDBClient, tableName: string): Promise<readonly Attributes[]> => {
  const items: Attributes[] = [];
  let from: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
};

/** Whether a table holds nothing. */
export const isEmptyTable = async (client: DynamoDBClient, tableName: string): Promise<boolean> => {
  const { Items } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, Limit: 1 }));
  return (Items ?? []).length === 0;
};
