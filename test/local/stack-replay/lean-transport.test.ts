import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { leanTransport } from '#local/stack-replay/lean-transport.ts';
import { type EmbeddedTables, hasEmbeddedTables, startEmbeddedTables } from '../../support/embedded-tables.ts';

const ITEM = {
  entryKey: { S: 'key "quoted" — ünïcode' },
  part: { S: 'DECISION#001' },
  body: { B: Buffer.from([0, 1, 2, 255]) },
  amount: { N: '12345678901234567890.123456789012345678' },
  flag: { BOOL: true },
  nothing: { NULL: true },
  legs: { L: [{ M: { B: { S: 'a member called B' }, deep: { B: new Uint8Array([9, 8]) } } }, { S: '' }] },
};

const Key = { entryKey: ITEM.entryKey, part: ITEM.part };

let embedded: EmbeddedTables;
let endpoint: string;

/** What a command gives or throws, without what says how it was sent. */
const outcomeOf = async (send: () => Promise<object>): Promise<unknown> => {
  try {
    const { $metadata: _, ...output } = { $metadata: null, ...(await send()) };
    return output;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { CancellationReasons = null, Item = null } = { ...error };
    return { name: error.name, message: error.message, CancellationReasons, Item };
  }
};

const queryOf = (TableName: string, KeyConditionExpression: string): QueryCommand =>
  new QueryCommand({
    TableName,
    KeyConditionExpression,
    ExpressionAttributeNames: { '#key': 'entryKey' },
    ExpressionAttributeValues: { ':key': ITEM.entryKey },
  });

/** Commands that clients of either class send by the SDK while `send` is at work, and what comes of it. */
const watched = async <Value>(send: () => Promise<Value>): Promise<readonly [value: Value, sentBySdk: number]> => {
  const spies = [vi.spyOn(DynamoDBClient.prototype, 'send'), vi.spyOn(DynamoDBStreamsClient.prototype, 'send')];
  try {
    const value = await send();
    return [value, spies.reduce((sum, { mock }) => sum + mock.calls.length, 0)];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

const leanlyDone = async <Value>(send: () => Promise<Value>): Promise<Value> => {
  const giveBack = leanTransport(endpoint);
  return await send().finally(giveBack);
};

/** The same command by the SDK and leanly. */
const both = async (send: () => Promise<object>): Promise<readonly [unknown, unknown]> => {
  const [bySdk, sentBySdk] = await watched(() => outcomeOf(send));
  expect(sentBySdk).toBe(1);
  const [leanly, sentAllTheSame] = await watched(() => leanlyDone(() => outcomeOf(send)));
  expect(sentAllTheSame).toBe(0);
  return [bySdk, leanly];
};

describe.skipIf(!hasEmbeddedTables)('a lean request', () => {
  beforeAll(async () => {
    embedded = await startEmbeddedTables();
    const resolved = await embedded.client.config.endpoint?.();
    endpoint = `http://${resolved?.hostname}:${resolved?.port}`;
    await embedded.client.send(new PutItemCommand({ TableName: embedded.tables.journal, Item: ITEM }));
  });

  afterAll(() => embedded.stop());

  const TableName = (): string => embedded.tables.journal;
  const onlyIfAbsent = { ConditionExpression: 'attribute_not_exists(entryKey)' };
  const other = { ...Key, part: { S: 'none' } };

  it.each<[string, (client: DynamoDBClient) => Promise<object>]>([
    ['reads an item', (client) => client.send(new GetItemCommand({ TableName: TableName(), Key, ConsistentRead: true }))],
    ['finds no item', (client) => client.send(new GetItemCommand({ TableName: TableName(), Key: other }))],
    ['reads a batch', (client) => client.send(new BatchGetItemCommand({ RequestItems: { [TableName()]: { Keys: [Key] } } }))],
    ['scans', (client) => client.send(new ScanCommand({ TableName: TableName(), ConsistentRead: true, Limit: 1 }))],
    ['queries', (client) => client.send(queryOf(TableName(), '#key = :key'))],
    [
      'puts an item with bytes',
      (client) => client.send(new PutItemCommand({ TableName: TableName(), Item: ITEM, ReturnValues: 'ALL_OLD' })),
    ],
    [
      'puts a batch',
      (client) => client.send(new BatchWriteItemCommand({ RequestItems: { [TableName()]: [{ PutRequest: { Item: ITEM } }] } })),
    ],
    ['deletes nothing', (client) => client.send(new DeleteItemCommand({ TableName: TableName(), Key: other }))],
    ['is refused by a condition', (client) => client.send(new PutItemCommand({ TableName: TableName(), Item: ITEM, ...onlyIfAbsent }))],
    ['misses a table', (client) => client.send(new GetItemCommand({ TableName: 'NoSuchTable', Key }))],
    ['makes no sense', (client) => client.send(queryOf(TableName(), '#key'))],
  ])('that %s comes to what the SDK makes of it', async (_what, send) => {
    const [bySdk, leanly] = await both(() => send(embedded.client));
    expect(leanly).toEqual(bySdk);
  });

  const refusedTransaction = (): Promise<object> =>
    embedded.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName: TableName(), Item: { ...ITEM, part: { S: 'other' } } } },
          { Put: { TableName: TableName(), Item: ITEM, ...onlyIfAbsent, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        ],
      }),
    );

  it('that reads a stream comes to what the SDK makes of it', async () => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const streams = new DynamoDBStreamsClient({ endpoint, region: 'us-east-1', credentials });
    const { Table } = await embedded.client.send(new DescribeTableCommand({ TableName: embedded.tables.orders }));
    await embedded.client.send(new PutItemCommand({ TableName: embedded.tables.orders, Item: { orderId: { S: 'a' }, body: ITEM.body } }));
    const StreamArn = Table?.LatestStreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const place = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator } = await streams.send(new GetShardIteratorCommand(place));
    const records = async () => ({ Records: (await streams.send(new GetRecordsCommand({ ShardIterator }))).Records });
    const [bySdk, leanly] = await both(records);
    expect(leanly).toEqual(bySdk);
    expect(bySdk).toMatchObject({ Records: [{ dynamodb: { ApproximateCreationDateTime: expect.any(Date) } }] });
    streams.destroy();
  });

  it('that cancels a transaction gives the reasons and the items in the way', async () => {
    const [bySdk, leanly] = await both(refusedTransaction);
    expect(leanly).toEqual(bySdk);
    expect(JSON.stringify(leanly)).toContain('ConditionalCheckFailed');
  });

  it('that fails throws what the SDK throws, by class', async () => {
    const refused = new PutItemCommand({ TableName: TableName(), Item: ITEM, ...onlyIfAbsent });
    const fail = async () => {
      await expect(embedded.client.send(refused)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
      await expect(refusedTransaction()).rejects.toBeInstanceOf(TransactionCanceledException);
    };
    expect(await watched(() => leanlyDone(fail))).toEqual([undefined, 0]);
  });

  it('is made for items alone: tables are asked for by the SDK, and everything is again once it is given back', async () => {
    const sends = () => [DynamoDBClient.prototype.send, DynamoDBStreamsClient.prototype.send];
    const sendsBefore = sends();
    const giveBack = leanTransport(endpoint);
    for (const [place, send] of sends().entries()) expect(send).not.toBe(sendsBefore[place]);
    expect(await embedded.client.send(new DescribeTableCommand({ TableName: TableName() }))).toMatchObject({
      Table: { TableStatus: 'ACTIVE' },
    });
    await expect(embedded.client.send(new DescribeTableCommand({ TableName: 'NoSuchTable' }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
    giveBack();
    for (const [place, send] of sends().entries()) expect(send).toBe(sendsBefore[place]);
  });
});
