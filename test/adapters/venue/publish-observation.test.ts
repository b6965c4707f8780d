import 'aws-sdk-client-mock-vitest/extend';
import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '#core/units/time.ts';
import { venueClient } from '#functions/adapters/venue/venue-client.ts';
import { TABLES } from '../lambda/tables.ts';
import { HURRY, priceOf } from './samples.ts';

const dynamo = mockClient(DynamoDBClient);
const venue = venueClient({ client: new DynamoDBClient({ region: 'eu-central-1' }), tables: TABLES, patience: HURRY });

const OBSERVATION = {
  marketId: 'BTC-USDT',
  sequence: 42,
  markPrice: priceOf('106427.7'),
  indexPrice: priceOf('106400'),
  observedAt: epochMs(1_760_130_000_000),
};
const ITEM = {
  marketId: { S: 'BTC-USDT' },
  sequence: { N: '42' },
  markPrice: { N: '106427.7' },
  indexPrice: { N: '106400' },
  observedAt: { N: '1760130000000' },
};
const taken = new ConditionalCheckFailedException({ message: 'taken', $metadata: {} });

beforeEach(() => dynamo.reset());

describe('an observation', () => {
  it('is put where its sequence is free', async () => {
    dynamo.on(PutItemCommand).resolves({});
    expect(await venue.publishObservation(OBSERVATION)).toBe('WRITTEN');
    expect(dynamo).toHaveReceivedCommandExactlyOnceWith(PutItemCommand, {
      TableName: 'Observations',
      Item: ITEM,
      ConditionExpression: 'attribute_not_exists(#sequence)',
      ExpressionAttributeNames: { '#sequence': 'sequence' },
    });
    expect(dynamo).not.toHaveReceivedCommand(GetItemCommand);
  });

  it('carries its source, and its time to live in seconds', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await venue.publishObservation({ ...OBSERVATION, source: 'index feed 2', expiresAt: epochMs(1_760_130_000_001) });
    const beside = { source: { S: 'index feed 2' }, expiresAt: { N: '1760130001' } };
    expect(dynamo).toHaveReceivedCommandWith(PutItemCommand, { Item: { ...ITEM, ...beside } });
  });

  it.each([
    ['the same, whatever stands beside it', { ...ITEM, source: { S: 'another' } }, 'ALREADY_THERE'],
    ['another mark', { ...ITEM, markPrice: { N: '106427.8' } }, 'REFUSED'],
    ['another index', { ...ITEM, indexPrice: { N: '106401' } }, 'REFUSED'],
    ['another time', { ...ITEM, observedAt: { N: '1760130000001' } }, 'REFUSED'],
    ['what nobody can read', { ...ITEM, markPrice: { S: '106427.7' } }, 'REFUSED'],
  ])('that finds %s under its sequence is answered so', async (_claim, Item, answer) => {
    dynamo.on(PutItemCommand).rejects(taken).on(GetItemCommand).resolves({ Item });
    expect(await venue.publishObservation(OBSERVATION)).toBe(answer);
    expect(dynamo).toHaveReceivedCommandExactlyOnceWith(GetItemCommand, {
      TableName: 'Observations',
      Key: { marketId: { S: 'BTC-USDT' }, sequence: { N: '42' } },
      ConsistentRead: true,
    });
  });

  it('whose answer was lost is sent again, and finds itself', async () => {
    const lost = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
    dynamo.on(PutItemCommand).rejectsOnce(lost).rejects(taken).on(GetItemCommand).resolves({ Item: ITEM });
    expect(await venue.publishObservation(OBSERVATION)).toBe('ALREADY_THERE');
  });

  it('that expired before it was read back is put again', async () => {
    dynamo.on(PutItemCommand).rejectsOnce(taken).resolves({}).on(GetItemCommand).resolves({});
    expect(await venue.publishObservation(OBSERVATION)).toBe('WRITTEN');
  });

  it.each([
    ['sequence 0', { sequence: 0 }, 'a sequence is from 1 to `999999999999999`, not `0`'],
    ['a sequence of 16 digits', { sequence: 1e15 }, 'a sequence is from 1 to `999999999999999`, not `1000000000000000`'],
    ['half a sequence', { sequence: 1.5 }, 'what is stored is a whole number from 0 to 9007199254740991, not `1.5`'],
    [
      'a market id with a slash',
      { marketId: 'BTC/USDT' },
      'what is stored is an id of 1 to 40 letters, digits, `_`, `.` or `-`, not `BTC/USDT`',
    ],
    [
      '19 decimal places',
      { markPrice: priceOf(`1.${'1'.repeat(19)}`) },
      `what is stored is a price above zero, below 1e18 in absolute value, with at most 18 decimal places, not \`1.${'1'.repeat(19)}\``,
    ],
    ['an empty source', { source: '' }, 'a source is 1 to 100 printable characters, not ``'],
    [
      'a life that ends before it begins',
      { expiresAt: epochMs(1_760_130_000_000) },
      'an observation of `1760130000000` expires after it, not at `1760130000000`',
    ],
  ])('of %s is refused before anything is written', async (_claim, changes, message) => {
    await expect(venue.publishObservation({ ...OBSERVATION, ...changes })).rejects.toMatchObject({ name: 'VenueInputError', message });
    expect(dynamo).not.toHaveReceivedAnyCommand();
  });
});
