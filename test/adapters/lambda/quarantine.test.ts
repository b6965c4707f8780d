import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { quarantinedRecord, quarantineIn, quarantineKey } from '#functions/adapters/lambda/quarantine.ts';
import { TABLES } from './tables.ts';

const dynamo = mockClient(DynamoDBClient);
const put = quarantineIn(new DynamoDBClient({ region: 'eu-central-1' }), TABLES);

const record: DynamoDBRecord = {
  eventID: 'e1',
  eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/adl-Pools/stream/2026-01-01T00:00:00.000',
  dynamodb: { Keys: { poolId: { S: '?\n' } }, SequenceNumber: '111' },
};

beforeEach(() => dynamo.reset());

describe('quarantine', () => {
  it('keeps record and reason under stream and sequence number, put if absent', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await put(quarantinedRecord(record, 'no id'));
    expect(dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input)).toEqual([
      {
        TableName: 'Controls',
        ConditionExpression: 'attribute_not_exists(#controlKey)',
        ExpressionAttributeNames: { '#controlKey': 'controlKey' },
        Item: {
          controlKey: { S: 'QUARANTINE#adl-Pools#111' },
          stream: { S: 'adl-Pools' },
          sequenceNumber: { S: '111' },
          reason: { S: 'no id' },
          record: { S: JSON.stringify(record) },
        },
      },
    ]);
  });

  it('takes a record that is there already as done', async () => {
    dynamo.on(PutItemCommand).rejects(new ConditionalCheckFailedException({ message: 'there', $metadata: {} }));
    await expect(put(quarantinedRecord(record, 'no id'))).resolves.toBeUndefined();
  });

  it('fails when the table does', async () => {
    dynamo.on(PutItemCommand).rejects(new Error('throttled'));
    await expect(put(quarantinedRecord(record, 'no id'))).rejects.toThrow('throttled');
  });

  it.each([
    ['the event id where there is no sequence number', { ...record, dynamodb: {} }, 'QUARANTINE#adl-Pools#e1'],
    ['`unknown` where there is nothing', {}, 'QUARANTINE#unknown#unknown'],
    ['no `#` of its own', { eventID: 'a#b', eventSourceARN: ':table/x#y/stream' }, 'QUARANTINE#xy#ab'],
  ])('names a record by %s', (_what, each, key) => {
    expect(quarantineKey(quarantinedRecord(each, 'x'))).toBe(key);
  });

  it('cuts what does not fit into an item or a key', () => {
    const long = quarantinedRecord(
      { ...record, eventID: 'x'.repeat(500_000), dynamodb: { SequenceNumber: '9'.repeat(500) } },
      'r'.repeat(5000),
    );
    expect(quarantineKey(long).length).toBeLessThanOrEqual(160);
    expect(long.record.length).toBeLessThanOrEqual(80_000);
    expect(long.reason.length).toBeLessThanOrEqual(1000);
  });
});
