import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClient, ResourceInUseException } from '@aws-sdk/client-dynamodb';
import type { TableTemplate } from './template-tables.ts';

const ACTIVE_MS_MAX = 30_000;
const POLL_MS = 20;

const createUnlessThere = async (client: DynamoDBClient, table: TableTemplate): Promise<void> => {
  try {
    await client.send(new CreateTableCommand(table.create));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
};

/** The stream's name once the table can be used; null for a table without a stream. */
const whenActive = async (client: DynamoDBClient, tableName: string): Promise<string | null> => {
  const giveUpAt = Date.now() + ACTIVE_MS_MAX;
  while (Date.now() < giveUpAt) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table?.TableStatus === 'ACTIVE') return Table.LatestStreamArn ?? null;
    await sleep(POLL_MS);
  }
  throw new Error(`table \`${tableName}\` is not ready after \`${ACTIVE_MS_MAX}\` ms`);
};

/** Creates the tables that are not there yet. Returns the stream of each table that has one, by table name. */
export const createTables = async (client: DynamoDBClient, tables: readonly TableTemplate[]): Promise<ReadonlyMap<string, string>> => {
  const streams = new Map<string, string>();
  for (const table of tables) {
    await createUnlessThere(client, table);
    const streamArn = await whenActive(client, table.tableName);
    if (streamArn !== null) streams.set(table.tableName, streamArn);
  }
  return streams;
};
