import 'aws-sdk-client-mock-vitest/extend';
import {
  type CancellationReason,
  DynamoDBClient,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { type HintRow, hintItem, hintRowsOf } from '#functions/adapters/dynamodb/hint-rows.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { venueClient } from '#functions/adapters/venue/venue-client.ts';
import { TABLES } from '../lambda/tables.ts';
import { amountOf, bookedPool, HURRY, OPENING, poolOf, positionOf } from './samples.ts';

const dynamo = mockClient(DynamoDBClient);
const venue = venueClient({ client: new DynamoDBClient({ region: 'eu-central-1' }), tables: TABLES, patience: HURRY });

const FAILED = { Code: 'ConditionalCheckFailed' };
const NONE = { Code: 'None' };
const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: 'cancelled', CancellationReasons, $metadata: {} });

const DEPOSIT = { kind: 'DEPOSIT', amount: amountOf('0.5') } as const;
const WITHDRAWAL = { kind: 'WITHDRAWAL', amount: amountOf('0.5') } as const;
const HELD = poolItem.encode(poolOf({ caseId: 'a1#CROSS#USDT#1', version: 9 }));

const putHint = (row: HintRow) => ({
  Put: {
    TableName: 'Hints',
    Item: hintItem.encode(row),
    ConditionExpression: 'attribute_not_exists(#poolId) OR #poolVersion <= :version',
    ExpressionAttributeNames: { '#poolId': 'poolId', '#poolVersion': 'poolVersion' },
    ExpressionAttributeValues: { ':version': { N: String(row.poolVersion) } },
  },
});

const sent = () => dynamo.commandCalls(TransactWriteItemsCommand).map(({ args }) => args[0].input);

beforeEach(() => dynamo.reset());

describe('a change of a pool', () => {
  it('is one transaction: the pool over its version and free of a case, and the rows that lead to it', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await venue.changePool(poolOf(), DEPOSIT)).toBe('WRITTEN');
    const after = bookedPool({ balance: amountOf('1000.5') });
    const put = {
      TableName: 'Pools',
      Item: poolItem.encode(after),
      ConditionExpression: '#version = :before AND attribute_type(#caseId, :null)',
      ExpressionAttributeNames: { '#version': 'version', '#caseId': 'caseId' },
      ExpressionAttributeValues: { ':before': { N: '7' }, ':null': { S: 'NULL' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    expect(sent()).toEqual([
      { TransactItems: [{ Put: put }, ...hintRowsOf(after).map(putHint)], ClientRequestToken: expect.stringMatching(/^[\da-f-]{36}$/) },
    ]);
    expect(hintRowsOf(after).map(({ hintKey }) => hintKey.replace(/\d$/, '#'))).toEqual([
      'GUARD#BTC-USDT#DUE##',
      'EXPOSURE#BTC-USDT#LONG##',
    ]);
  });

  it('that takes money out looks at the gate of its asset', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await venue.changePool(poolOf(), WITHDRAWAL)).toBe('WRITTEN');
    expect(sent()[0]?.TransactItems?.[0]).toEqual({
      ConditionCheck: {
        TableName: 'Controls',
        Key: { controlKey: { S: 'SWITCH#WITHDRAWALS#USDT' } },
        ConditionExpression: 'attribute_not_exists(#controlKey)',
        ExpressionAttributeNames: { '#controlKey': 'controlKey' },
      },
    });
  });

  it.each<readonly [string, typeof DEPOSIT | typeof WITHDRAWAL, readonly CancellationReason[], string]>([
    ['its version has moved', DEPOSIT, [{ ...FAILED, Item: poolItem.encode(poolOf({ version: 8 })) }], 'CONFLICT'],
    ['it is gone', DEPOSIT, [FAILED], 'CONFLICT'],
    ['a hint is of a later version', DEPOSIT, [NONE, FAILED], 'CONFLICT'],
    ['a case holds it', DEPOSIT, [{ ...FAILED, Item: HELD }], 'IN_LIQUIDATION'],
    ['the gate is closed', WITHDRAWAL, [FAILED, NONE], 'WITHDRAWALS_CLOSED'],
    ['the gate is closed and its version has moved', WITHDRAWAL, [FAILED, FAILED], 'WITHDRAWALS_CLOSED'],
    ['a case holds it, behind an open gate', WITHDRAWAL, [NONE, { ...FAILED, Item: HELD }], 'IN_LIQUIDATION'],
  ])('is not written where %s', async (_claim, change, reasons, answer) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled(...reasons));
    expect(await venue.changePool(poolOf(), change)).toBe(answer);
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteItemsCommand, 1);
  });

  it('keeps its token while it is sent again: lost answers and held items are weather', async () => {
    const lost = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    dynamo
      .on(TransactWriteItemsCommand)
      .rejectsOnce(lost)
      .rejectsOnce(cancelled(NONE, { Code: 'TransactionConflict' }))
      .resolves({});
    expect(await venue.changePool(poolOf(), DEPOSIT)).toBe('WRITTEN');
    expect(new Set(sent().map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
    expect(sent()).toHaveLength(3);
    await venue.changePool(poolOf(), DEPOSIT);
    expect(sent()[3]?.ClientRequestToken).not.toBe(sent()[0]?.ClientRequestToken);
  });

  it('fails where the weather does not end', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(Object.assign(new Error('no answer'), { name: 'TimeoutError' }));
    await expect(venue.changePool(poolOf(), DEPOSIT)).rejects.toThrow('no answer');
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteItemsCommand, HURRY.attemptsMax);
  });
});

describe('several pools', () => {
  const other = poolOf({ accountId: 'a2', poolId: 'a2#CROSS#USDT' });

  it('are written together, with one look at one gate', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    const bookings = [poolOf(), other].map((pool) => ({ pool, change: WITHDRAWAL }));
    expect(await venue.changePools(bookings)).toBe('WRITTEN');
    const tables = sent()[0]?.TransactItems?.map(({ Put, ConditionCheck }) => (Put ?? ConditionCheck)?.TableName);
    expect(tables).toEqual(['Controls', 'Pools', 'Pools', 'Hints', 'Hints', 'Hints', 'Hints']);
  });

  it('are refused together, by what a reload does not mend', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled(FAILED, { ...FAILED, Item: HELD }));
    expect(await venue.changePools([poolOf(), other].map((pool) => ({ pool, change: DEPOSIT })))).toBe('IN_LIQUIDATION');
  });

  it.each([
    ['none', [], 'a booking changes at least one pool'],
    ['one twice', [poolOf(), poolOf()], 'pool `a1#CROSS#USDT` is changed twice in one booking'],
    [
      'more than a transaction holds',
      [
        poolOf({
          positions: Array.from({ length: 40 }, (_, nth) => [positionOf(`M${nth}`, 'LONG'), positionOf(`M${nth}`, 'SHORT')]).flat(),
        }),
      ],
      'one transaction holds at most `100` items, and these pools with their hints are `121`',
    ],
    [
      'more exact than an item',
      [poolOf({ balance: amountOf(`1.${'1'.repeat(38)}`) })],
      '`balance` of pool `a1#CROSS#USDT` is below 1e18 in absolute value, with at most 18 decimal places',
    ],
  ])('that are %s are refused before anything is written', async (_claim, pools, message) => {
    const bookings = pools.map((pool) => ({ pool, change: DEPOSIT }));
    await expect(venue.changePools(bookings)).rejects.toMatchObject({ name: 'VenueInputError', message });
    expect(dynamo).not.toHaveReceivedAnyCommand();
  });
});

describe('a pool', () => {
  it('is opened where there is none', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await venue.openPool(OPENING)).toBe('WRITTEN');
    const pool = bookedPool({ version: 1 });
    const put = {
      TableName: 'Pools',
      Item: poolItem.encode(pool),
      ConditionExpression: 'attribute_not_exists(#poolId)',
      ExpressionAttributeNames: { '#poolId': 'poolId' },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    };
    expect(sent()[0]?.TransactItems).toEqual([{ Put: put }, ...hintRowsOf(pool).map(putHint)]);
  });

  it.each([
    ['this one', bookedPool({ version: 1 }), 'ALREADY_THERE'],
    ['another one', bookedPool({ version: 1, balance: amountOf('1') }), 'CONFLICT'],
    ['this one, further on', bookedPool({ version: 2 }), 'CONFLICT'],
  ])('is not opened where there is %s', async (_claim, there, answer) => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled({ ...FAILED, Item: poolItem.encode(there) }));
    expect(await venue.openPool(OPENING)).toBe(answer);
  });

  it('is loaded strongly, null where there is none', async () => {
    dynamo
      .on(GetItemCommand)
      .resolvesOnce({ Item: poolItem.encode(poolOf()) })
      .resolves({});
    expect(await venue.loadPool('a1#CROSS#USDT')).toEqual(poolOf());
    expect(await venue.loadPool('a1#CROSS#USDT')).toBeNull();
    const key = { TableName: 'Pools', Key: { poolId: { S: 'a1#CROSS#USDT' } }, ConsistentRead: true };
    expect(dynamo).toHaveReceivedNthCommandWith(GetItemCommand, 1, key);
  });
});
