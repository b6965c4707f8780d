import { readFileSync } from 'node:fs';
import { DynamoDBClient, GetItemCommand, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { Ajv } from 'ajv';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { epochMs } from '#core/units/time.ts';
import { hintItem } from '#functions/adapters/dynamodb/hint-rows.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { observationItem } from '#functions/adapters/dynamodb/observation-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { venueClient } from '#functions/adapters/venue/venue-client.ts';
import { TABLES } from '../lambda/tables.ts';
import { amountOf, HURRY, INSTRUCTION, OPENING, orderOf, poolOf, priceOf } from './samples.ts';

const readText = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const page = readText('docs/venue-contract.md');

const CODECS = {
  'venue-observation': observationItem,
  'venue-pool': poolItem,
  'venue-hint': hintItem,
  'venue-order': orderItem,
} as const;
type SchemaName = keyof typeof CODECS;
const NAMES = Object.keys(CODECS).filter((name): name is SchemaName => Object.hasOwn(CODECS, name));

const schemaOf = (name: SchemaName) => JSON.parse(readText(`rules/schema/${name}.schema.json`));
const validators = new Map(NAMES.map((name) => [name, new Ajv({ strict: true, allowUnionTypes: true }).compile(schemaOf(name))]));
const accepts = (name: SchemaName, item: unknown): boolean => validators.get(name)?.(item) === true;

const isReadable = (name: SchemaName, item: Attributes): boolean => {
  try {
    CODECS[name].decode(item);
    return true;
  } catch {
    return false;
  }
};

const EXAMPLES = [...page.matchAll(/^```json (venue-\w+)\n([\s\S]*?)^```$/gm)].map(([, schema = '', text = '']) => {
  const name = NAMES.find((each) => each === schema) ?? 'venue-order';
  const item: Attributes = JSON.parse(text);
  return { schema, name, item };
});

/** What encodes to the item again, but for what stands beside it. */
const rewritten = (name: SchemaName, item: Attributes): Attributes => {
  switch (name) {
    case 'venue-observation':
      return { ...item, ...observationItem.encode(observationItem.decode(item)) };
    case 'venue-pool':
      return poolItem.encode(poolItem.decode(item));
    case 'venue-hint':
      return hintItem.encode(hintItem.decode(item));
    case 'venue-order':
      return orderItem.encode(orderItem.decode(item));
  }
};

describe('the page of the venue contract', () => {
  it('has an example of every item, under the name of its schema', () => {
    expect(EXAMPLES.map(({ schema }) => schema)).toEqual([
      'venue-observation',
      'venue-pool',
      'venue-hint',
      'venue-order',
      'venue-order',
      'venue-order',
    ]);
    const kinds = EXAMPLES.flatMap(({ item }) => item.kind?.S ?? []);
    expect(kinds).toEqual(['LIQUIDATION', 'CANCEL_ORDERS', 'DELEVERAGING']);
  });

  it.each(EXAMPLES)('has an example of $schema that its schema and the engine accept', ({ name, item }) => {
    expect(accepts(name, item)).toBe(true);
    expect(rewritten(name, item)).toEqual(item);
  });

  it.each(EXAMPLES)('lists every attribute of $schema', ({ item }) => {
    const listed = new Set(
      [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) => names.replaceAll('`', '').split(', ')),
    );
    expect(Object.keys(item).filter((name) => !listed.has(name))).toEqual([]);
  });

  it('states every condition that the client writes under, to the letter', async () => {
    const dynamo = mockClient(DynamoDBClient);
    dynamo
      .on(GetItemCommand)
      .resolvesOnce({ Item: orderItem.encode(orderOf()) })
      .resolves({ Item: orderItem.encode(INSTRUCTION) });
    dynamo.on(PutItemCommand).resolves({}).on(TransactWriteItemsCommand).resolves({});
    const venue = venueClient({ client: new DynamoDBClient({ region: 'eu-central-1' }), tables: TABLES, patience: HURRY });
    const mark = { marketId: 'M', sequence: 1, markPrice: priceOf('1'), indexPrice: priceOf('1'), observedAt: epochMs(1) };
    await venue.publishObservation(mark);
    await venue.openPool(OPENING);
    await venue.changePool(poolOf(), { kind: 'WITHDRAWAL', amount: amountOf('1') });
    await venue.endOrder({ orderId: orderOf().orderId, fillSequence: 0 });
    await venue.acknowledgeCancel(INSTRUCTION.orderId);
    const alone = dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input.ConditionExpression);
    const together = dynamo.commandCalls(TransactWriteItemsCommand).flatMap(({ args }) => args[0].input.TransactItems ?? []);
    const conditions = new Set([...alone, ...together.map(({ Put, ConditionCheck }) => (Put ?? ConditionCheck)?.ConditionExpression)]);
    expect(conditions.size).toBe(7);
    expect([...conditions].filter((condition) => !page.includes(`\`${condition}\``))).toEqual([]);
  });
});

describe('the schemas of the venue contract', () => {
  const exampleOf = (schema: string) => EXAMPLES.find((example) => example.schema === schema)?.item ?? {};

  it.each(EXAMPLES)('refuse a $schema with an attribute more or less, as the engine does', ({ name, item }) => {
    const [first = ''] = Object.keys(item);
    const { [first]: _, ...less } = item;
    for (const other of [{ ...item, colour: { S: 'red' } }, less]) {
      expect(accepts(name, other)).toBe(false);
      expect(isReadable(name, other)).toBe(false);
    }
  });

  it.each`
    text                                     | positive | signed
    ${'1'}                                   | ${true}  | ${true}
    ${'0.5'}                                 | ${true}  | ${true}
    ${'120'}                                 | ${true}  | ${true}
    ${'9'.repeat(18)}                        | ${true}  | ${true}
    ${`${'9'.repeat(18)}.${'9'.repeat(18)}`} | ${true}  | ${true}
    ${`-${'9'.repeat(18)}`}                  | ${false} | ${true}
    ${`0.${'0'.repeat(17)}1`}                | ${true}  | ${true}
    ${`12.${'1'.repeat(18)}`}                | ${true}  | ${true}
    ${'0'}                                   | ${false} | ${true}
    ${'-12.5'}                               | ${false} | ${true}
    ${'-0.5'}                                | ${false} | ${true}
    ${`1${'0'.repeat(18)}`}                  | ${false} | ${false}
    ${`-1${'0'.repeat(18)}`}                 | ${false} | ${false}
    ${`0.${'1'.repeat(19)}`}                 | ${false} | ${false}
    ${`12.${'1'.repeat(19)}`}                | ${false} | ${false}
    ${`-12.${'1'.repeat(19)}`}               | ${false} | ${false}
    ${'1.50'}                                | ${false} | ${false}
    ${'01'}                                  | ${false} | ${false}
    ${'1e3'}                                 | ${false} | ${false}
    ${'-0'}                                  | ${false} | ${false}
    ${'.5'}                                  | ${false} | ${false}
    ${'1.'}                                  | ${false} | ${false}
    ${'+1'}                                  | ${false} | ${false}
    ${''}                                    | ${false} | ${false}
  `('read the number "$text" as the engine does', ({ text, positive, signed }) => {
    const observation = { ...exampleOf('venue-observation'), markPrice: { N: text } };
    const pool = { ...exampleOf('venue-pool'), balance: { N: text } };
    expect([accepts('venue-observation', observation), isReadable('venue-observation', observation)]).toEqual([positive, positive]);
    expect([accepts('venue-pool', pool), isReadable('venue-pool', pool)]).toEqual([signed, signed]);
  });
});
