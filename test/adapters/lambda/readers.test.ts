import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { auditStore } from '#functions/adapters/lambda/audit-store.ts';
import { observationLoader } from '#functions/adapters/lambda/load-observation.ts';
import { MarketDirectory, REFRESH_MS_MIN } from '#functions/adapters/lambda/market-directory.ts';
import { TABLES } from './tables.ts';

const dynamo = mockClient(DynamoDBClient);
const client = new DynamoDBClient({ region: 'eu-central-1' });

beforeEach(() => dynamo.reset());

describe('an observation', () => {
  const item = {
    marketId: { S: 'AAA' },
    sequence: { N: '1' },
    markPrice: { N: '100.5' },
    indexPrice: { N: '100' },
    observedAt: { N: '1760000000000' },
  };
  const load = () => observationLoader(client, TABLES)('AAA', 1);

  it('is read strongly, without what the venue keeps beside it', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...item, source: { S: 'feed' }, expiresAt: { N: '1' } } });
    const observation = await load();
    expect(observation?.markPrice.toFixed()).toBe('100.5');
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({
      TableName: 'Observations',
      Key: { marketId: { S: 'AAA' }, sequence: { N: '1' } },
      ConsistentRead: true,
    });
  });

  it('is null when it is gone', async () => {
    dynamo.on(GetItemCommand).resolves({});
    expect(await load()).toBeNull();
  });

  it.each([
    ['a price of 39 digits', { markPrice: { N: '9'.repeat(39) } }],
    ['a price of 0', { markPrice: { N: '0' } }],
    ['a negative price', { indexPrice: { N: '-1' } }],
    ['a price that is a text', { markPrice: { S: '100' } }],
    ['a price with an exponent', { markPrice: { N: '1E2' } }],
    ['a time with a fraction', { observedAt: { N: '1.5' } }],
    ['an unknown attribute', { markPrcie: { N: '1' } }],
    ['NaN', { markPrice: { N: 'NaN' } }],
  ])('is refused with %s', async (_what, change) => {
    dynamo.on(GetItemCommand).resolves({ Item: { ...item, ...change } });
    await expect(load()).rejects.toMatchObject({ name: 'DecodeError' });
  });

  it('is refused without its index', async () => {
    const { indexPrice: _index, ...rest } = item;
    dynamo.on(GetItemCommand).resolves({ Item: rest });
    await expect(load()).rejects.toThrow('indexPrice');
  });
});

describe('the directory of markets', () => {
  const market = (marketId: string) => ({ marketId: { S: marketId }, fundId: { S: 'usdt' } });
  let now = 0;
  const directory = () => new MarketDirectory(client, TABLES, () => now);

  it('is read once, page by page', async () => {
    dynamo
      .on(ScanCommand)
      .resolvesOnce({ Items: [market('AAA')], LastEvaluatedKey: { marketId: { S: 'AAA' } } })
      .resolvesOnce({ Items: [market('BBB')] });
    const markets = directory();
    expect([...(await markets.fundIds())]).toEqual([
      ['AAA', 'usdt'],
      ['BBB', 'usdt'],
    ]);
    await markets.fundIds();
    expect(await markets.knowsMarket('BBB')).toBe(true);
    expect(dynamo.commandCalls(ScanCommand)).toHaveLength(2);
    expect(dynamo.commandCalls(ScanCommand)[1]?.args[0].input).toMatchObject({
      ExclusiveStartKey: { marketId: { S: 'AAA' } },
      ConsistentRead: true,
    });
  });

  it('finds a market that was added, in the map that was given out before', async () => {
    now = 0;
    dynamo
      .on(ScanCommand)
      .resolvesOnce({ Items: [market('AAA')] })
      .resolves({ Items: [market('AAA'), market('BBB')] });
    const markets = directory();
    const given = await markets.fundIds();
    now = REFRESH_MS_MIN;
    expect(await markets.knowsMarket('BBB')).toBe(true);
    expect(given.get('BBB')).toBe('usdt');
  });

  it('does not read the table again and again for markets that nobody knows', async () => {
    now = 0;
    dynamo.on(ScanCommand).resolves({ Items: [market('AAA')] });
    const markets = directory();
    await markets.fundIds();
    for (now = 1; now < REFRESH_MS_MIN; now += 1000) expect(await markets.knowsMarket('ZZZ')).toBe(false);
    now = REFRESH_MS_MIN - 1;
    expect(await markets.knowsFund('nobody')).toBe(false);
    expect(dynamo.commandCalls(ScanCommand)).toHaveLength(1);
  });
});

describe('what an audit reads', () => {
  const store = auditStore(client, TABLES);

  it('are the postings of a case, all pages, strongly', async () => {
    const leg = (account: string, value: string) => ({
      M: { account: { S: account }, marketId: { NULL: true }, quantity: { N: '0' }, value: { N: value } },
    });
    const entry = (part: string) => ({
      entryKey: { S: 'a1#CROSS#USDT#1' },
      part: { S: part },
      kind: { S: 'MARKET_FILL' },
      asset: { S: 'USDT' },
      marketId: { S: 'AAA' },
      legs: { L: [leg('a1#CROSS#USDT', '-1.5'), leg('FUND#usdt', '1.5')] },
    });
    dynamo
      .on(QueryCommand)
      .resolvesOnce({ Items: [entry('x')], LastEvaluatedKey: { entryKey: { S: 'k' } } })
      .resolvesOnce({ Items: [entry('y')] });
    const entries = await store.loadEntries('a1#CROSS#USDT#1');
    expect(entries.map(({ entryId, legs }) => [entryId, legs.map(({ value }) => value.toFixed())])).toEqual([
      ['x', ['-1.5', '1.5']],
      ['y', ['-1.5', '1.5']],
    ]);
    expect(dynamo.commandCalls(QueryCommand)[1]?.args[0].input).toMatchObject({
      TableName: 'Journal',
      KeyConditionExpression: '#key = :key',
      ExpressionAttributeNames: { '#key': 'entryKey' },
      ExpressionAttributeValues: { ':key': { S: 'a1#CROSS#USDT#1' } },
      ConsistentRead: true,
      ExclusiveStartKey: { entryKey: { S: 'k' } },
    });
  });

  it('are the sequences after the last that was audited', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [{ sequence: { N: '8' } }, { sequence: { N: '12' } }] });
    expect(await store.loadSequences('AAA', 7, 50)).toEqual([8, 12]);
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      KeyConditionExpression: '#marketId = :market AND #sequence > :after',
      ExpressionAttributeValues: { ':market': { S: 'AAA' }, ':after': { N: '7' } },
      Limit: 50,
      ConsistentRead: true,
    });
  });

  it('remembers how far it came, over the version before', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await store.saveCursor({ marketId: 'AAA', sequence: 9, version: 1 });
    await store.saveCursor({ marketId: 'AAA', sequence: 12, version: 2 });
    const [first, second] = dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input);
    expect(first).toMatchObject({ ConditionExpression: 'attribute_not_exists(#controlKey)' });
    expect(second).toMatchObject({
      Item: { controlKey: { S: 'AUDIT#AAA' }, sequence: { N: '12' }, version: { N: '2' } },
      ConditionExpression: '#version = :before',
      ExpressionAttributeValues: { ':before': { N: '1' } },
    });
  });

  it('tells that somebody else came further', async () => {
    dynamo.on(PutItemCommand).rejects(new ConditionalCheckFailedException({ message: 'moved', $metadata: {} }));
    expect(await store.saveCursor({ marketId: 'AAA', sequence: 9, version: 3 })).toBe('CONFLICT');
  });

  it('reads the cursor back', async () => {
    dynamo.on(GetItemCommand).resolves({ Item: { controlKey: { S: 'AUDIT#AAA' }, sequence: { N: '9' }, version: { N: '1' } } });
    expect(await store.loadCursor('AAA')).toEqual({ marketId: 'AAA', sequence: 9, version: 1 });
  });
});
