import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { epochMs } from '#core/units/time.ts';
import { activeLaw } from '#functions/adapters/lambda/active-law.ts';
import { answerCommand, RuleCommandRefused } from '#functions/adapters/lambda/answer-command.ts';
import { packRuleSet } from '#functions/adapters/lambda/rule-set-body.ts';
import { pointerItem, versionItem } from '#functions/adapters/lambda/rule-set-items.ts';
import { ruleSetStore } from '#functions/adapters/lambda/rule-set-store.ts';
import { memoryRules } from '../../administer-rules/memory-rules.ts';
import { HOUSE } from '../../support/small-law.ts';
import { TABLES } from './tables.ts';

const dynamo = mockClient(DynamoDBClient);
const store = ruleSetStore(new DynamoDBClient({ region: 'eu-central-1' }), TABLES);
const { reference } = HOUSE;
const items = versionItem(reference, packRuleSet(HOUSE));
const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: 'cancelled', CancellationReasons: [{ Code }], $metadata: {} });

/** The table holds what is given, by sort key. */
const holding = (held: readonly Record<string, { readonly S?: string }>[]) =>
  dynamo.on(GetItemCommand).callsFake(({ Key }) => ({ Item: held.find((item) => item.part?.S === Key.part.S) }));

beforeEach(() => dynamo.reset());

describe('rule sets in their table', () => {
  it('are put whole in one transaction, each item only where there is none', async () => {
    dynamo.on(TransactWriteItemsCommand).resolves({});
    expect(await store.putVersion(HOUSE)).toBe('COMMITTED');
    const puts = dynamo.commandCalls(TransactWriteItemsCommand)[0]?.args[0].input.TransactItems ?? [];
    expect(puts.map(({ Put }) => [Put?.TableName, Put?.Item?.part?.S, Put?.ConditionExpression])).toEqual([
      ['RuleSets', 'VERSION#1.0.0', 'attribute_not_exists(#part)'],
      ['RuleSets', 'BODY#1.0.0#001', 'attribute_not_exists(#part)'],
    ]);
  });

  it('conflict where the version is there, and fail on weather', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    expect(await store.putVersion(HOUSE)).toBe('CONFLICT');
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict'));
    await expect(store.putVersion(HOUSE)).rejects.toThrow('cancelled');
  });

  it('are read back as they were published, strongly', async () => {
    holding(items);
    expect(await store.loadRuleSet('house', '1.0.0')).toEqual(HOUSE);
    expect(await store.loadPublished('house', '1.0.0')).toEqual(reference);
    expect(dynamo.commandCalls(GetItemCommand).every(({ args }) => args[0].input.ConsistentRead === true)).toBe(true);
  });

  it('are null where they were never published', async () => {
    holding([]);
    expect([
      await store.loadRuleSet('house', '1.0.0'),
      await store.loadPublished('house', '1.0.0'),
      await store.loadActive('house'),
    ]).toEqual([null, null, null]);
  });

  it('are refused without their body', async () => {
    holding(items.slice(0, 1));
    await expect(store.loadRuleSet('house', '1.0.0')).rejects.toMatchObject({ name: 'DecodeError' });
  });

  it('are listed without their bodies', async () => {
    dynamo.on(QueryCommand).resolves({ Items: [...items.slice(0, 1)] });
    expect(await store.loadVersions('house')).toEqual([reference]);
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({
      KeyConditionExpression: '#key = :key AND begins_with(#sort, :bound)',
      ExpressionAttributeNames: { '#key': 'ruleSetId', '#sort': 'part' },
      ExpressionAttributeValues: { ':key': { S: 'house' }, ':bound': { S: 'VERSION#' } },
      ConsistentRead: true,
    });
  });
});

describe('the pointer', () => {
  const pointer = { reference, previousVersion: null, activatedAt: epochMs(7) };

  it('is made only where there is none, and moved only from where it was seen', async () => {
    dynamo.on(PutItemCommand).resolves({});
    await store.putActive(pointer);
    await store.putActive({ ...pointer, previousVersion: '0.9.0' });
    const [made, moved] = dynamo.commandCalls(PutItemCommand).map(({ args }) => args[0].input);
    expect(made).toMatchObject({ ConditionExpression: 'attribute_not_exists(#part)' });
    expect(moved).toMatchObject({
      ConditionExpression: '#activeVersion = :previous',
      ExpressionAttributeValues: { ':previous': { S: '0.9.0' } },
    });
  });

  it('conflicts where it stood elsewhere', async () => {
    dynamo.on(PutItemCommand).rejects(new ConditionalCheckFailedException({ message: 'moved', $metadata: {} }));
    expect(await store.putActive(pointer)).toBe('CONFLICT');
  });

  it('is read back', async () => {
    holding([pointerItem(pointer)]);
    expect(await store.loadActive('house')).toEqual(pointer);
  });
});

describe('the law of the moment', () => {
  const newer = { ...HOUSE, reference: { ...reference, version: '1.1.0' } };
  const pointing = (to: typeof HOUSE) => ({ reference: to.reference, previousVersion: null, activatedAt: epochMs(1) });

  it('is read once while the pointer stands, and anew when it moves', async () => {
    const rules = memoryRules();
    let reads = 0;
    const law = activeLaw(
      {
        ...rules.ports,
        loadRuleSet: (id, version) => {
          reads += 1;
          return rules.ports.loadRuleSet(id, version);
        },
      },
      'house',
    );
    rules.versions.set('house@1.0.0', HOUSE).set('house@1.1.0', newer);
    rules.pointers.set('house', pointing(HOUSE));
    expect([await law(), await law()]).toEqual([HOUSE, HOUSE]);
    expect(reads).toBe(1);
    rules.pointers.set('house', pointing(newer));
    expect(await law()).toBe(newer);
    expect(reads).toBe(2);
  });

  it.each([
    ['nothing is active', null, HOUSE],
    [
      'the body is another than was activated',
      pointing({ ...HOUSE, reference: { ...reference, hash: `sha256:${'0'.repeat(64)}` } }),
      HOUSE,
    ],
    ['the active version is not there', pointing(newer), HOUSE],
  ])('is refused where %s', async (_what, active, published) => {
    const rules = memoryRules();
    rules.versions.set('house@1.0.0', published);
    if (active !== null) rules.pointers.set('house', active);
    await expect(activeLaw(rules.ports, 'house')()).rejects.toMatchObject({ name: 'InvariantViolation' });
  });
});

describe('an invocation', () => {
  it('is answered in JSON, and fails where its command is refused', async () => {
    const rules = memoryRules();
    rules.versions.set('house@1.0.0', HOUSE);
    const invoke = (event: unknown) => answerCommand(event, { rules: rules.ports }, () => epochMs(5));
    expect(await invoke({ action: 'ACTIVATE', id: 'house', version: '1.0.0', previousVersion: null })).toMatchObject({
      activation: { outcome: 'ACTIVATED' },
    });
    expect(JSON.parse(JSON.stringify(await invoke({ action: 'SHOW', id: 'house', version: '1.0.0' })))).toMatchObject({
      ruleSet: { reference },
    });
    expect(await invoke({ RequestType: 'Delete' })).toBeNull();
    await expect(invoke({ action: 'ACTIVATE', id: 'house', version: '9.9.9', previousVersion: null })).rejects.toThrow(RuleCommandRefused);
  });
});
