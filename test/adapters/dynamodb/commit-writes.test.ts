import { DynamoDBClient, PutItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import 'aws-sdk-client-mock-vitest/extend';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Write } from '#core/commit.ts';
import { emptyLane } from '#core/lane.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { commitWrites } from '#functions/adapters/dynamodb/commit-writes.ts';
import { cancelled, DUE, pool, target } from './commit-target.ts';

const client = mockClient(DynamoDBClient);
const lane: Write = { table: 'Lanes', item: { ...emptyLane('usdt'), version: 7, lastWriter: 'WATCH' } };
const ring = (action: 'PUT' | 'REMOVE'): Write => ({
  table: 'Rings',
  action,
  item: { waveId: 'usdt#AAA#3', poolId: 'a1#CROSS#USDT', cause: 'DUE' },
});

const transacted = () => client.commandCalls(TransactWriteItemsCommand).map(({ args: [command] }) => command.input);
const conditionOf = async (write: Write): Promise<unknown> => {
  await commitWrites(target())([write]);
  const [item] = transacted()[0]?.TransactItems ?? [];
  const { Item: _item, Key: _key, ...rest } = { Item: undefined, Key: undefined, ...(item?.Put ?? item?.Delete) };
  return rest;
};

beforeEach(() => {
  client.reset();
  client.resolves({});
});

describe('the condition of a write', () => {
  it('of a first version is that the item is not there', async () => {
    expect(await conditionOf({ table: 'Pools', item: pool(1, DUE) })).toEqual({
      TableName: 'Pools',
      ConditionExpression: 'attribute_not_exists(#poolId)',
      ExpressionAttributeNames: { '#poolId': 'poolId' },
    });
  });

  it('of a later version is the version before it', async () => {
    expect(await conditionOf(lane)).toEqual({
      TableName: 'Controls',
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': { N: '6' } },
    });
  });

  it('of a ring is that it is not there', async () => {
    expect(await conditionOf(ring('PUT'))).toEqual({
      TableName: 'Rings',
      ConditionExpression: 'attribute_not_exists(#waveKey)',
      ExpressionAttributeNames: { '#waveKey': 'waveKey' },
    });
  });

  it('of a ring that goes is that it is there', async () => {
    expect(await conditionOf(ring('REMOVE'))).toEqual({
      TableName: 'Rings',
      ConditionExpression: 'attribute_exists(#key)',
      ExpressionAttributeNames: { '#key': 'waveKey' },
    });
    expect(transacted()[0]?.TransactItems?.[0]?.Delete?.Key).toEqual({ waveKey: { S: 'RING#usdt#AAA#3' }, poolId: { S: 'a1#CROSS#USDT' } });
  });

  it('of a posting is that it was never put', async () => {
    const entry = { entryId: 'e1', caseId: 'a1#CROSS#USDT#1', kind: 'MARKET_FILL', asset: 'USDT', marketId: 'AAA', legs: [] } as const;
    expect(await conditionOf({ table: 'Journal', entry })).toEqual({
      TableName: 'Journal',
      ConditionExpression: 'attribute_not_exists(#entryKey)',
      ExpressionAttributeNames: { '#entryKey': 'entryKey' },
    });
  });
});

describe('a commit', () => {
  it('is one transaction under a token of its own, also for a single item', async () => {
    expect(await commitWrites(target())([lane, ring('PUT')])).toBe('COMMITTED');
    expect(await commitWrites(target())([lane])).toBe('COMMITTED');
    const tokens = transacted().map(({ ClientRequestToken }) => ClientRequestToken);
    expect(transacted().map(({ TransactItems }) => TransactItems?.length)).toEqual([2, 1]);
    expect(new Set(tokens).size).toBe(2);
    expect(client).toHaveReceivedCommandTimes(PutItemCommand, 0);
  });

  it('is a conflict when a condition does not hold, and is not sent again', async () => {
    client.on(TransactWriteItemsCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    expect(await commitWrites(target())([lane, ring('PUT')])).toBe('CONFLICT');
    expect(transacted()).toHaveLength(1);
  });

  it('is sent again under the same token while others hold its items or the answer is lost', async () => {
    const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    client.on(TransactWriteItemsCommand).rejectsOnce(cancelled('TransactionConflict', 'None')).rejectsOnce(reset).resolves({});
    expect(await commitWrites(target())([lane])).toBe('COMMITTED');
    expect(new Set(transacted().map(({ ClientRequestToken }) => ClientRequestToken)).size).toBe(1);
    expect(transacted()).toHaveLength(3);
  });

  it('throws the weather that does not end, after a bounded number of attempts', async () => {
    client.on(TransactWriteItemsCommand).rejects(cancelled('ThrottlingError'));
    await expect(commitWrites(target())([lane])).rejects.toThrow(TransactionCanceledException);
    expect(transacted()).toHaveLength(3);
  });

  it.each([
    ['a cancellation without a reason', cancelled('None')],
    ['an item too large', cancelled('ValidationError', 'None')],
    ['a denial', Object.assign(new Error('not allowed'), { name: 'AccessDeniedException' })],
  ])('throws at once what can never succeed: %s', async (_what, error) => {
    client.on(TransactWriteItemsCommand).rejects(error);
    await expect(commitWrites(target())([lane])).rejects.toThrow(error);
    expect(transacted()).toHaveLength(1);
  });

  it('of more than 100 items is refused before anything is written', async () => {
    const rings = Array.from({ length: 101 }, (_, nth): Write => {
      return { table: 'Rings', action: 'PUT', item: { waveId: 'usdt#AAA#3', poolId: `p${nth}#CROSS#USDT`, cause: 'DUE' } };
    });
    await expect(commitWrites(target())(rings)).rejects.toThrow('at most 100 items, not 101');
    expect(client.calls()).toHaveLength(0);
  });

  it('leads an opened case from its wave, once', async () => {
    const liquidation: Write = {
      table: 'Cases',
      item: {
        caseId: 'a1#CROSS#USDT#1',
        poolId: 'a1#CROSS#USDT',
        accountId: 'a1',
        settlementAsset: 'USDT',
        kind: 'LIQUIDATE',
        state: 'ORDERED',
        ruleSet: { id: 'house', version: '1.0.0', hash: `sha256:${'0'.repeat(64)}` },
        openedAt: epochMs(1_760_129_400_000),
        wave: 'usdt#AAA#3',
        waveRank: 12,
        attempt: 1,
        legs: [],
        drawn: money(decimal('0')),
        received: money(decimal('0')),
        transferCount: 0,
        version: 1,
        lastWriter: 'OPEN',
      },
    };
    await commitWrites(target())([liquidation]);
    expect(transacted()[0]?.TransactItems?.[1]?.Put).toMatchObject({
      TableName: 'Rings',
      Item: { waveKey: { S: 'CASES#usdt#AAA#3' }, poolId: { S: '000012' }, caseId: { S: 'a1#CROSS#USDT#1' } },
      ConditionExpression: 'attribute_not_exists(#key) OR #caseId = :caseId',
    });
  });
});
