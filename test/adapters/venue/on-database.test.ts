import { CreateTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crossPoolId, type Pool } from '#core/account/pool.ts';
import type { Order } from '#core/commit.ts';
import { epochMs } from '#core/units/time.ts';
import { hintItem, hintRowsOf } from '#functions/adapters/dynamodb/hint-rows.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { type VenueClient, venueClient } from '#functions/adapters/venue/venue-client.ts';
import { type Emulator, startEmulator } from '#local/stack/emulator.ts';
import { hasEmbeddedTables } from '../../support/embedded-tables.ts';
import { folderWith } from '../../support/folder.ts';
import { TABLES } from '../lambda/tables.ts';
import { amountOf, bookedPool, contractsOf, fillOf, INSTRUCTION, OPENING, orderOf, poolOf, positionOf, priceOf } from './samples.ts';

const KEYS: Readonly<Record<string, readonly [name: string, type: 'S' | 'N'][]>> = {
  [TABLES.observations]: [
    ['marketId', 'S'],
    ['sequence', 'N'],
  ],
  [TABLES.pools]: [['poolId', 'S']],
  [TABLES.hints]: [
    ['hintKey', 'S'],
    ['position', 'S'],
  ],
  [TABLES.orders]: [['orderId', 'S']],
  [TABLES.controls]: [['controlKey', 'S']],
};

const createTable = (client: DynamoDBClient, TableName: string, keys: readonly (readonly [name: string, type: 'S' | 'N'])[]) =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
      KeySchema: keys.map(([AttributeName], place) => ({ AttributeName, KeyType: place === 0 ? 'HASH' : 'RANGE' })),
    }),
  );

describe.skipIf(!hasEmbeddedTables)('on a database, the venue', () => {
  let emulator: Emulator | null = null;
  let client: DynamoDBClient;
  let venue: VenueClient;

  beforeAll(async () => {
    emulator = await startEmulator({ dataFolder: folderWith({}), say: () => {} });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new DynamoDBClient({ endpoint: emulator?.endpoint ?? '', region: 'us-east-1', credentials });
    for (const [tableName, keys] of Object.entries(KEYS)) await createTable(client, tableName, keys);
    venue = venueClient({ client, tables: TABLES });
  });
  afterAll(() => emulator?.stop());

  const put = (TableName: string, Item: Record<string, { S: string }>) => client.send(new PutItemCommand({ TableName, Item }));
  const putOrder = (order: Order) => client.send(new PutItemCommand({ TableName: TABLES.orders, Item: orderItem.encode(order) }));
  const putPool = (pool: Pool) => client.send(new PutItemCommand({ TableName: TABLES.pools, Item: poolItem.encode(pool) }));

  const hintsOf = async (pool: Pool) => {
    const found = hintRowsOf(pool).map(async (row) => {
      const query = new QueryCommand({
        TableName: TABLES.hints,
        KeyConditionExpression: '#key = :key AND #position = :position',
        ExpressionAttributeNames: { '#key': 'hintKey', '#position': 'position' },
        ExpressionAttributeValues: { ':key': { S: row.hintKey }, ':position': { S: row.position } },
        ConsistentRead: true,
      });
      return ((await client.send(query)).Items ?? []).map(hintItem.decode);
    });
    return (await Promise.all(found)).flat();
  };

  /** A pool of its own for a test. */
  const opened = async (accountId: string): Promise<Pool> => {
    const poolId = crossPoolId(accountId, 'USDT');
    expect(await venue.openPool({ ...OPENING, accountId, poolId })).toBe('WRITTEN');
    return bookedPool({ accountId, poolId, version: 1 });
  };

  it('publishes a mark once', async () => {
    const mark = { marketId: 'M', sequence: 1, markPrice: priceOf('2.5'), indexPrice: priceOf('2'), observedAt: epochMs(5) };
    expect(await venue.publishObservation({ ...mark, source: 'here', expiresAt: epochMs(6) })).toBe('WRITTEN');
    expect(await venue.publishObservation(mark)).toBe('ALREADY_THERE');
    expect(await venue.publishObservation({ ...mark, markPrice: priceOf('2.51') })).toBe('REFUSED');
  });

  it('opens a pool with its hints, once', async () => {
    const pool = await opened('b1');
    expect(await venue.loadPool(pool.poolId)).toEqual(pool);
    expect(await hintsOf(pool)).toEqual(hintRowsOf(pool));
    expect(await venue.openPool(pool)).toBe('ALREADY_THERE');
    expect(await venue.openPool({ ...pool, balance: amountOf('1') })).toBe('CONFLICT');
  });

  it('changes a pool over its version alone, and brings its hints up to it', async () => {
    const pool = await opened('b2');
    const positions = [...pool.positions, positionOf('ETH-USDT', 'SHORT')];
    const trade = { kind: 'TRADE', balance: amountOf('999'), positions } as const;
    expect(await venue.changePool(pool, trade)).toBe('WRITTEN');
    const after = bookedPool({ ...pool, version: 2, balance: amountOf('999'), positions });
    expect(await venue.loadPool(pool.poolId)).toEqual(after);
    expect(await hintsOf(after)).toEqual(hintRowsOf(after));
    expect(await venue.changePool(pool, trade)).toBe('CONFLICT');
    expect(await venue.loadPool(pool.poolId)).toEqual(after);
  });

  it('is not locked out by rows that were put for a version that never came', async () => {
    const pool = await opened('b3');
    const ahead = hintRowsOf({ ...pool, version: 2 }).map(
      (row) => new PutItemCommand({ TableName: TABLES.hints, Item: hintItem.encode(row) }),
    );
    for (const command of ahead) await client.send(command);
    expect(await venue.changePool(pool, { kind: 'DEPOSIT', amount: amountOf('1') })).toBe('WRITTEN');
  });

  it('books one of several deposits that race from one version', async () => {
    const pool = await opened('b4');
    const race = Array.from({ length: 8 }, () => venue.changePool(pool, { kind: 'DEPOSIT', amount: amountOf('1') }));
    const answers = await Promise.all(race);
    expect(answers.toSorted()).toEqual([...Array<string>(7).fill('CONFLICT'), 'WRITTEN']);
    expect((await venue.loadPool(pool.poolId))?.balance).toEqual(amountOf('1001'));
  });

  it('books both sides of a trade or none', async () => {
    const [maker, taker] = [await opened('b5'), await opened('b6')];
    const trade = { kind: 'TRADE', balance: amountOf('1000'), positions: [positionOf('ETH-USDT', 'LONG')] } as const;
    const held = { ...taker, caseId: `${taker.poolId}#1`, version: 2, lastWriter: 'OPEN' };
    await putPool(held);
    const answer = await venue.changePools([maker, held].map((pool) => ({ pool, change: trade })));
    expect(answer).toBe('IN_LIQUIDATION');
    expect(await venue.loadPool(maker.poolId)).toEqual(maker);
    expect(await hintsOf(bookedPool({ ...maker, positions: trade.positions }))).toEqual([]);
  });

  it('withdraws while the gate of the asset is open', async () => {
    const pool = await opened('b7');
    expect(await venue.changePool(pool, { kind: 'WITHDRAWAL', amount: amountOf('0.25') })).toBe('WRITTEN');
    await put(TABLES.controls, { controlKey: { S: 'SWITCH#WITHDRAWALS#USDT' } });
    const after = await venue.loadPool(pool.poolId);
    expect(after?.balance).toEqual(amountOf('999.75'));
    expect(await venue.changePool(after ?? poolOf(), { kind: 'WITHDRAWAL', amount: amountOf('0.25') })).toBe('WITHDRAWALS_CLOSED');
    expect(await venue.changePool(after ?? poolOf(), { kind: 'DEPOSIT', amount: amountOf('0.25') })).toBe('WRITTEN');
  });

  it('reports the fills of an order in their order, and its end behind them', async () => {
    await putOrder(orderOf());
    const { orderId } = orderOf();
    const first = { orderId, fillSequence: 1, ...fillOf('0.5', '40.25') };
    expect(await venue.endOrder({ orderId, fillSequence: 1 })).toBe('REFUSED');
    expect(await venue.reportFill(first)).toBe('WRITTEN');
    expect(await venue.reportFill(first)).toBe('ALREADY_THERE');
    const rest = { orderId, fillSequence: 2, fills: [fillOf('1.5', '40')] };
    expect(await venue.reportAndEnd(rest)).toBe('WRITTEN');
    expect(await venue.reportAndEnd(rest)).toBe('ALREADY_THERE');
    const fills = [fillOf('0.5', '40.25'), fillOf('1.5', '40')];
    const ended = { fills, fillSequence: 2, filledQuantity: contractsOf('2'), status: 'ENDED', version: 3, lastWriter: 'VENUE' } as const;
    expect(await venue.loadOrder(orderId)).toEqual(orderOf(ended));
  });

  it('books one of two fills that race for one number', async () => {
    const orderId = 'a2#CROSS#USDT#1#BTC-USDT#LONG#1';
    await putOrder(orderOf({ orderId }));
    const race = ['40', '41'].map((price) => venue.reportFill({ orderId, fillSequence: 1, ...fillOf('1', price) }));
    expect((await Promise.all(race)).toSorted()).toEqual(['REFUSED', 'WRITTEN']);
    expect(await venue.loadOrder(orderId)).toMatchObject({ fillSequence: 1, version: 2, filledQuantity: contractsOf('1') });
  });

  it('acknowledges a cancel instruction', async () => {
    await putOrder(INSTRUCTION);
    expect(await venue.acknowledgeCancel(INSTRUCTION.orderId)).toBe('WRITTEN');
    expect(await venue.loadOrder(INSTRUCTION.orderId)).toMatchObject({ status: 'ACKNOWLEDGED', version: 2, lastWriter: 'VENUE' });
  });
});
