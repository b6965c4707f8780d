import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Write } from '#core/commit.ts';
import { commitWrites } from '#functions/adapters/dynamodb/commit-writes.ts';
import { BELOW_90, cancelled, DUE, pool, target } from './commit-target.ts';

const client = mockClient(DynamoDBClient);

beforeEach(() => {
  client.reset();
  client.resolves({});
});

const sent = () => client.commandCalls(TransactWriteItemsCommand).map(({ args: [command] }) => command.input.TransactItems ?? []);

/** Tables of each transaction, with what is done there. */
const steps = () =>
  sent().map((items) => items.map((item) => (item.Put === undefined ? `delete ${item.Delete?.TableName}` : `put ${item.Put.TableName}`)));

const NOT_LATER = {
  TableName: 'Hints',
  ConditionExpression: 'attribute_not_exists(#poolId) OR #poolVersion <= :version',
  ExpressionAttributeNames: { '#poolId': 'poolId', '#poolVersion': 'poolVersion' },
  ExpressionAttributeValues: { ':version': { N: '5' } },
};

/** As many other writes as leave no room for two rows. */
const OTHERS = Array.from({ length: 98 }, (_, nth): Write => {
  return { table: 'Rings', action: 'PUT', item: { waveId: 'usdt#AAA#3', poolId: `p${nth}#CROSS#USDT`, cause: 'DUE' } };
});

describe('the hint rows of a pool', () => {
  it('move in its transaction: what its new version needs is put, what it no longer needs goes', async () => {
    await commitWrites(target([pool(4, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }]);
    expect(steps()).toEqual([['put Pools', 'put Hints', 'delete Hints']]);
    const [[, put, removal] = []] = sent();
    expect(put?.Put).toMatchObject({ ...NOT_LATER, Item: { hintKey: { S: expect.stringMatching(/^GUARD#AAA#BELOW#[0-3]$/) } } });
    expect(removal?.Delete).toMatchObject({ ...NOT_LATER, Key: { hintKey: { S: expect.stringMatching(/^GUARD#AAA#DUE#[0-3]$/) } } });
  });

  it('stand around a transaction that has no room for them: put before it, removed after it', async () => {
    const writes: Write[] = [{ table: 'Pools', item: pool(5, BELOW_90) }, ...OTHERS];
    expect(await commitWrites(target([pool(4, DUE)]))(writes)).toBe('COMMITTED');
    expect(steps().map((items) => [items[0], items.length])).toEqual([
      ['put Hints', 1],
      ['put Pools', 99],
      ['delete Hints', 1],
    ]);
  });

  it('stay when that transaction is refused: too many lead to a look for nothing, too few would lose a breach', async () => {
    client.on(TransactWriteItemsCommand).resolvesOnce({}).rejects(cancelled('ConditionalCheckFailed'));
    const writes: Write[] = [{ table: 'Pools', item: pool(5, BELOW_90) }, ...OTHERS];
    expect(await commitWrites(target([pool(4, DUE)]))(writes)).toBe('CONFLICT');
    expect(steps().map((items) => items[0])).toEqual(['put Hints', 'put Pools']);
  });

  it('are all put where the version before was not read, and none removed', async () => {
    await commitWrites(target([pool(3, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }]);
    expect(steps()).toEqual([['put Pools', 'put Hints', 'put Hints']]);
  });

  it('that somebody removed or put for a later version meanwhile are left as they are', async () => {
    client.on(TransactWriteItemsCommand).resolvesOnce({}).resolvesOnce({}).rejects(cancelled('ConditionalCheckFailed'));
    const writes: Write[] = [{ table: 'Pools', item: pool(5, BELOW_90) }, ...OTHERS];
    expect(await commitWrites(target([pool(4, DUE)]))(writes)).toBe('COMMITTED');
  });
});
