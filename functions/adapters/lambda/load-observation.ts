import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MarkObservation } from '#core/market/market-state.ts';
import { observationItem } from '../dynamodb/observation-item.ts';
import { getItem } from '../dynamodb/read-items.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

/** Reads one observation strongly; null when it is not there. Throws `DecodeError` when it is not what a venue may write. */
export const observationLoader =
  (client: DynamoDBClient, tables: TableNames) =>
  async (marketId: string, sequence: number): Promise<MarkObservation | null> => {
    const item = await getItem(client, tables.observations, { marketId, sequence });
    return item === null ? null : observationItem.decode(item);
  };
