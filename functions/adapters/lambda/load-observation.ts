import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { MarkObservation } from '#core/market/market-state.ts';
import { count, text } from '../dynamodb/attribute.ts';
import { decodeMembers, type Members } from '../dynamodb/composite-attribute.ts';
import { epochNumber, priceNumber } from '../dynamodb/decimal-attribute.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

const observation: Members<MarkObservation> = {
  marketId: text('a market id', /^[A-Za-z0-9_.-]{1,40}$/),
  sequence: count,
  markPrice: priceNumber,
  indexPrice: priceNumber,
  observedAt: epochNumber,
};

/** What a venue may write beside the observation for itself and for the table: where it comes from, and when it may be forgotten. */
const BESIDE: ReadonlySet<string> = new Set(['source', 'expiresAt']);

/** Reads one observation strongly; null when it is not there. Throws `DecodeError` when it is not what a venue may write. */
export const observationLoader =
  (client: DynamoDBClient, tables: TableNames) =>
  async (marketId: string, sequence: number): Promise<MarkObservation | null> => {
    const Key = { marketId: { S: marketId }, sequence: { N: String(sequence) } };
    const { Item } = await client.send(new GetItemCommand({ TableName: tables.observations, Key, ConsistentRead: true }));
    if (Item === undefined) return null;
    const told = Object.fromEntries(Object.entries(Item).filter(([name]) => !BESIDE.has(name)));
    return decodeMembers(observation, told, { table: 'Observations', key: `${marketId}#${sequence}`, attribute: '' });
  };
