import 'aws-sdk-client-mock-vitest/extend';
import { DynamoDBClient, GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '#core/commit.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { venueClient } from '#functions/adapters/venue/venue-client.ts';
import { marketState, termsOf } from '../../support/core-states.ts';
import { TABLES } from '../lambda/tables.ts';
import { contractsOf, fillOf, HURRY, INSTRUCTION, orderOf } from './samples.ts';

const dynamo = mockClient(DynamoDBClient);
const venue = venueClient({ client: new DynamoDBClient({ region: 'eu-central-1' }), tables: TABLES, patience: HURRY });

const { orderId } = orderOf();
const FILL = fillOf('0.5', '40.25');
const FILLED = { fills: [FILL], fillSequence: 1, filledQuantity: contractsOf('0.5'), version: 2, lastWriter: 'VENUE' } as const;

const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: 'cancelled', CancellationReasons: [{ Code }], $metadata: {} });
const there = (order: Order) => ({ Item: orderItem.encode(order) });
const holding = (order: Order) => dynamo.on(GetItemCommand).resolves(there(order));

const reportedPut = (after: Order, version: string, last: string, filled: string) => ({
  TransactItems: [
    {
      Put: {
        TableName: 'Orders',
        Item: orderItem.encode(after),
        ConditionExpression: '#version = :version AND #status = :new AND #fillSequence = :last AND #quantity >= :filled',
        ExpressionAttributeNames: { '#version': 'version', '#status': 'status', '#fillSequence': 'fillSequence', '#quantity': 'quantity' },
        ExpressionAttributeValues: { ':version': { N: version }, ':new': { S: 'NEW' }, ':last': { N: last }, ':filled': { N: filled } },
      },
    },
  ],
});

beforeEach(() => {
  dynamo.reset();
  dynamo.on(TransactWriteItemsCommand).resolves({});
});

describe('a report on an order', () => {
  it('books a fill over exactly what it read', async () => {
    holding(orderOf());
    expect(await venue.reportFill({ orderId, fillSequence: 1, ...FILL })).toBe('WRITTEN');
    expect(dynamo).toHaveReceivedCommandWith(GetItemCommand, {
      TableName: 'Orders',
      Key: { orderId: { S: orderId } },
      ConsistentRead: true,
    });
    expect(dynamo).toHaveReceivedCommandExactlyOnceWith(TransactWriteItemsCommand, {
      ...reportedPut(orderOf(FILLED), '1', '0', '0.5'),
      ClientRequestToken: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });

  it('ends it behind the last fill', async () => {
    holding(orderOf(FILLED));
    expect(await venue.endOrder({ orderId, fillSequence: 1 })).toBe('WRITTEN');
    const ended = orderOf({ ...FILLED, status: 'ENDED', version: 3 });
    expect(dynamo).toHaveReceivedCommandWith(TransactWriteItemsCommand, reportedPut(ended, '2', '1', '0.5'));
  });

  it('books the last fills and the end in one write', async () => {
    holding(orderOf(FILLED));
    const last = [fillOf('1', '40'), fillOf('0.5', '39.75')];
    expect(await venue.reportAndEnd({ orderId, fillSequence: 3, fills: last })).toBe('WRITTEN');
    const all = { fills: [FILL, ...last], fillSequence: 3, filledQuantity: contractsOf('2') };
    const ended = orderOf({ ...all, status: 'ENDED', version: 3, lastWriter: 'VENUE' });
    expect(dynamo).toHaveReceivedCommandWith(TransactWriteItemsCommand, reportedPut(ended, '2', '1', '2'));
  });

  it.each<readonly [string, Order | null, () => Promise<string>, string]>([
    ['the same fill again', orderOf(FILLED), () => venue.reportFill({ orderId, fillSequence: 1, ...FILL }), 'ALREADY_THERE'],
    [
      'another one under its number',
      orderOf(FILLED),
      () => venue.reportFill({ orderId, fillSequence: 1, ...fillOf('0.6', '40.25') }),
      'REFUSED',
    ],
    ['a gap', orderOf(), () => venue.reportFill({ orderId, fillSequence: 2, ...FILL }), 'REFUSED'],
    ['more than the quantity', orderOf(), () => venue.reportFill({ orderId, fillSequence: 1, ...fillOf('2.001', '40') }), 'REFUSED'],
    [
      'a fill after the end',
      orderOf({ ...FILLED, status: 'ENDED' }),
      () => venue.reportFill({ orderId, fillSequence: 2, ...FILL }),
      'REFUSED',
    ],
    ['the end again', orderOf({ ...FILLED, status: 'SETTLED' }), () => venue.endOrder({ orderId, fillSequence: 1 }), 'ALREADY_THERE'],
    ['an end that overtakes a fill', orderOf(), () => venue.endOrder({ orderId, fillSequence: 1 }), 'REFUSED'],
    ['an end that knows less', orderOf(FILLED), () => venue.endOrder({ orderId, fillSequence: 0 }), 'REFUSED'],
    ['an unknown order', null, () => venue.endOrder({ orderId, fillSequence: 0 }), 'REFUSED'],
    ['what is no order to fill', INSTRUCTION, () => venue.endOrder({ orderId: INSTRUCTION.orderId, fillSequence: 0 }), 'REFUSED'],
  ])('writes nothing for %s', async (_claim, order, report, answer) => {
    dynamo.on(GetItemCommand).resolves(order === null ? {} : there(order));
    expect(await report()).toBe(answer);
    expect(dynamo).not.toHaveReceivedCommand(TransactWriteItemsCommand);
  });

  it.each([
    ['39.5', 'WRITTEN', 0],
    ['39.49', 'WRITTEN', 1],
    ['39', 'REFUSED', 1],
    ['1', 'REFUSED', 1],
  ])('of a fill at %s is %s under a limit of 39.5 and a tick of 0.5', async (at, answer, marketReads) => {
    const read = { TableName: 'Markets', Key: { marketId: { S: 'BTC-USDT' } }, ConsistentRead: true };
    const market = marketState('40', { terms: termsOf('BTC-USDT') });
    holding(orderOf())
      .on(GetItemCommand, read)
      .resolves({ Item: marketItem.encode({ market, fundId: 'usdt' }) });
    expect(await venue.reportFill({ orderId, fillSequence: 1, ...fillOf('0.5', at) })).toBe(answer);
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteItemsCommand, answer === 'WRITTEN' ? 1 : 0);
    expect(dynamo.commandCalls(GetItemCommand, read)).toHaveLength(marketReads);
  });

  it('repeats a fill beyond the limit that is there already, and books others behind it', async () => {
    const beyond = { fills: [fillOf('0.5', '1')], fillSequence: 1, filledQuantity: contractsOf('0.5'), version: 2 };
    holding(orderOf(beyond));
    expect(await venue.reportFill({ orderId, fillSequence: 1, ...fillOf('0.5', '1') })).toBe('ALREADY_THERE');
    expect(await venue.reportFill({ orderId, fillSequence: 2, ...FILL })).toBe('WRITTEN');
  });

  it.each([
    ['number 0', { fillSequence: 0, ...FILL }],
    ['number 101', { fillSequence: 101, ...FILL }],
    ['nothing', { fillSequence: 1, ...fillOf('0', '40') }],
  ])('of a fill of %s makes no sense, and reads nothing', async (_claim, fill) => {
    await expect(venue.reportFill({ orderId, ...fill })).rejects.toMatchObject({ name: 'VenueInputError' });
    expect(dynamo).not.toHaveReceivedAnyCommand();
  });

  it('of 39 digits is refused before it is written', async () => {
    holding(orderOf());
    const fill = fillOf(`1.${'1'.repeat(38)}`, '40');
    await expect(venue.reportFill({ orderId, fillSequence: 1, ...fill })).rejects.toMatchObject({ name: 'VenueInputError' });
    expect(dynamo).not.toHaveReceivedCommand(TransactWriteItemsCommand);
  });

  it('that loses against another writer is decided again', async () => {
    dynamo
      .on(GetItemCommand)
      .resolvesOnce(there(orderOf()))
      .resolves(there(orderOf({ version: 2, lastWriter: 'OPERATOR' })));
    dynamo.on(TransactWriteItemsCommand).rejectsOnce(cancelled('ConditionalCheckFailed')).resolves({});
    expect(await venue.reportFill({ orderId, fillSequence: 1, ...FILL })).toBe('WRITTEN');
    const after = orderOf({ ...FILLED, version: 3 });
    expect(dynamo).toHaveReceivedLastCommandWith(TransactWriteItemsCommand, reportedPut(after, '2', '0', '0.5'));
  });

  it('that lost and finds the order ended is refused', async () => {
    dynamo
      .on(GetItemCommand)
      .resolvesOnce(there(orderOf()))
      .resolves(there(orderOf({ version: 2, status: 'ENDED' })));
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    expect(await venue.reportFill({ orderId, fillSequence: 1, ...FILL })).toBe('REFUSED');
  });

  it('gives up after five lost attempts', async () => {
    holding(orderOf());
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    await expect(venue.endOrder({ orderId, fillSequence: 0 })).rejects.toMatchObject({ name: 'CommitConflict' });
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteItemsCommand, 5);
  });
});

describe('a cancel instruction', () => {
  it('is acknowledged once', async () => {
    holding(INSTRUCTION);
    expect(await venue.acknowledgeCancel(INSTRUCTION.orderId)).toBe('WRITTEN');
    const acknowledged = { ...INSTRUCTION, status: 'ACKNOWLEDGED', version: 2, lastWriter: 'VENUE' } as const;
    expect(dynamo).toHaveReceivedCommandWith(TransactWriteItemsCommand, {
      TransactItems: [
        {
          Put: {
            TableName: 'Orders',
            Item: orderItem.encode(acknowledged),
            ConditionExpression: '#version = :version AND #status = :new',
            ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
            ExpressionAttributeValues: { ':version': { N: '1' }, ':new': { S: 'NEW' } },
          },
        },
      ],
    });
    holding(acknowledged);
    expect(await venue.acknowledgeCancel(INSTRUCTION.orderId)).toBe('ALREADY_THERE');
    expect(dynamo).toHaveReceivedCommandTimes(TransactWriteItemsCommand, 1);
  });

  it('is no liquidation order', async () => {
    holding(orderOf());
    expect(await venue.acknowledgeCancel(orderId)).toBe('REFUSED');
  });
});
