import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { RuleSetReference } from '#core/policy.ts';
import type { ActivePointer, RulePorts } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { TableNames } from '../dynamodb/table-names.ts';
import { packRuleSet, unpackRuleSet } from './rule-set-body.ts';
import {
  ACTIVE_PART,
  bodyKey,
  bodyPartOf,
  pointerItem,
  pointerOf,
  type VersionHead,
  versionHeadOf,
  versionItem,
  versionPart,
} from './rule-set-items.ts';

/** Whether a condition of the transaction failed; whatever else cancels one is weather. */
const isAlreadyThere = (error: unknown): boolean =>
  error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(({ Code }) => Code === 'ConditionalCheckFailed');

const IF_ABSENT = { ConditionExpression: 'attribute_not_exists(#part)', ExpressionAttributeNames: { '#part': 'part' } };

const placeOf = (id: string, part: string) => ({ table: 'RuleSets', key: `${id}#${part}`, attribute: '' });

/** Rule sets in their table: versions that never change, their bodies in parts, and the pointer to the law. */
export const ruleSetStore = (client: DynamoDBClient, tables: TableNames): RulePorts => {
  const TableName = tables.ruleSets;

  const get = async (id: string, part: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: { ruleSetId: { S: id }, part: { S: part } }, ConsistentRead: true }))).Item ??
    null;

  const loadHead = async (id: string, version: string): Promise<VersionHead | null> => {
    const item = await get(id, versionPart(version));
    return item === null ? null : versionHeadOf(item, placeOf(id, versionPart(version)));
  };

  const loadRuleSet = async (id: string, version: string): Promise<RuleSet | null> => {
    const head = await loadHead(id, version);
    if (head === null) return null;
    const parts: Uint8Array[] = [];
    for (let number = 1; number <= head.parts; number += 1) {
      const part = bodyKey(version, number);
      parts.push(bodyPartOf((await get(id, part)) ?? {}, placeOf(id, part)));
    }
    return unpackRuleSet({ bodyHash: head.bodyHash, parts }, placeOf(id, versionPart(version)));
  };

  const putVersion: RulePorts['putVersion'] = async (ruleSet) => {
    const put = { TableName, ...IF_ABSENT };
    const items = versionItem(ruleSet.reference, packRuleSet(ruleSet));
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items.map((Item) => ({ Put: { ...put, Item } })) }));
      return 'COMMITTED';
    } catch (error) {
      if (isAlreadyThere(error)) return 'CONFLICT';
      throw error;
    }
  };

  const putActive: RulePorts['putActive'] = async (pointer) => {
    const { previousVersion } = pointer;
    const condition =
      previousVersion === null
        ? IF_ABSENT
        : {
            ConditionExpression: '#activeVersion = :previous',
            ExpressionAttributeNames: { '#activeVersion': 'activeVersion' },
            ExpressionAttributeValues: { ':previous': { S: previousVersion } },
          };
    try {
      await client.send(new PutItemCommand({ TableName, Item: pointerItem(pointer), ...condition }));
      return 'COMMITTED';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'CONFLICT';
      throw error;
    }
  };

  const loadActive = async (id: string): Promise<ActivePointer | null> => {
    const item = await get(id, ACTIVE_PART);
    return item === null ? null : pointerOf(item, placeOf(id, ACTIVE_PART));
  };

  const loadVersions = async (id: string): Promise<readonly RuleSetReference[]> => {
    const found: RuleSetReference[] = [];
    let from: QueryCommandInput['ExclusiveStartKey'];
    do {
      const query = new QueryCommand({
        TableName,
        KeyConditionExpression: '#ruleSetId = :id AND begins_with(#part, :versions)',
        ExpressionAttributeNames: { '#ruleSetId': 'ruleSetId', '#part': 'part' },
        ExpressionAttributeValues: { ':id': { S: id }, ':versions': { S: versionPart('') } },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      });
      const page = await client.send(query);
      for (const item of page.Items ?? []) found.push(versionHeadOf(item, placeOf(id, item.part?.S ?? '')).reference);
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return found;
  };

  return {
    loadPublished: async (id, version) => (await loadHead(id, version))?.reference ?? null,
    loadRuleSet,
    loadVersions,
    loadActive,
    putVersion,
    putActive,
  };
};
