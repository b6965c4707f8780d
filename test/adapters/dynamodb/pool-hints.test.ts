import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import 'aws-sdk-client-mock-vitest/extend';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitWrites } from '#functions/adapters/dynamodb/commit-writes.ts';
import { BELOW_90, cancelled, DUE, pool, target } from './commit-target.ts';

const client = mockClient(DynamoDBClient);

beforeEach(() => {
  client.reset();
  client.resolves({});
});

describe('the hint rows of a pool', () => {
  const sent = () => client.calls().map(({ args: [command] }) => command.constructor.name);

  it('are put before its transaction, and those it no longer needs removed after it', async () => {
    await commitWrites(target([pool(4, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }]);
    expect(sent()).toEqual(['PutItemCommand', 'TransactWriteItemsCommand', 'DeleteItemCommand']);
    expect(client).toHaveReceivedCommandWith(PutItemCommand, {
      TableName: 'Hints',
      ConditionExpression: 'attribute_not_exists(#poolId) OR #poolVersion < :version',
      ExpressionAttributeValues: { ':version': { N: '5' } },
    });
    expect(client.calls()[2]?.args[0].input).toMatchObject({
      TableName: 'Hints',
      ConditionExpression: '#poolVersion <= :version',
      ExpressionAttributeValues: { ':version': { N: '5' } },
    });
  });

  it('stay when the transaction is refused: too many lead to a look for nothing, too few would lose a breach', async () => {
    client.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    expect(await commitWrites(target([pool(4, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }])).toBe('CONFLICT');
    expect(sent()).toEqual(['PutItemCommand', 'TransactWriteItemsCommand']);
  });

  it('are all put where the version before was not read, and none removed', async () => {
    await commitWrites(target([pool(3, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }]);
    expect(sent()).toEqual(['PutItemCommand', 'PutItemCommand', 'TransactWriteItemsCommand']);
  });

  it('that somebody put for a later version are left alone', async () => {
    client.on(PutItemCommand).rejects(new ConditionalCheckFailedException({ $metadata: {}, message: 'there' }));
    expect(await commitWrites(target([pool(4, DUE)]))([{ table: 'Pools', item: pool(5, BELOW_90) }])).toBe('COMMITTED');
  });
});
