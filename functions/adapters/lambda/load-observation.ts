import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { MarkObservation } from '#core/market/market-state.ts';
import { observationItem } from '../dynamodb/observation-item.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

/** Reads one observation strongly; null when it is not there. Throws `DecodeError` when it is not what a venue may write. */
export const observationLoader =
  (client: DynamoDBClient, tables: TableNames) =>
  async (marketId: string, sequence: number): Promise<MarkObservation | null> => {
    const Key = { marketId: { S: marketId }, sequence: { N: String(sequence) } };
    const { Item } = await client.send(new GetItemCommand({ TableName: tables.observations, Key, ConsistentRead: true }));
    return Item === undefined ? null : observationItem.decode(Item);
  };
