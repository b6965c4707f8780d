import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { RuleSetReference } from '#core/policy.ts';
import type { ActivePointer, RulePorts } from '#functions/administer-rules/administer-rules.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { patience, sendPatiently } from '../dynamodb/patience.ts';
import { getItem, queryItems } from '../dynamodb/read-items.ts';
import { sendTransaction } from '../dynamodb/send-transaction.ts';
import type { TableNames } from '../dynamodb/table-names.ts';
import { ifAbsent, type WriteCondition } from '../dynamodb/write-conditions.ts';
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

/** The pointer stands where it was seen; null: nowhere. */
const ifPointingTo = (version: string | null): WriteCondition =>
  version === null
    ? ifAbsent('part')
    : {
        ConditionExpression: '#activeVersion = :previous',
        ExpressionAttributeNames: { '#activeVersion': 'activeVersion' },
        ExpressionAttributeValues: { ':previous': { S: version } },
      };

const placeOf = (id: string, part: string) => ({ table: 'RuleSets', key: `${id}#${part}`, attribute: '' });

/** Rule sets in their table: versions that never change, their bodies in parts, and the pointer to the law. */
export const ruleSetStore = (client: DynamoDBClient, tables: Pick<TableNames, 'ruleSets'>): RulePorts => {
  const TableName = tables.ruleSets;

  const get = (id: string, part: string) => getItem(client, TableName, { ruleSetId: id, part });

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
    const items = versionItem(ruleSet.reference, packRuleSet(ruleSet)).map((Item) => ({ Put: { TableName, Item, ...ifAbsent('part') } }));
    return (await sendTransaction({ client, patience }, items)) === null ? 'COMMITTED' : 'CONFLICT';
  };

  const putActive: RulePorts['putActive'] = async (pointer) => {
    const put = new PutItemCommand({ TableName, Item: pointerItem(pointer), ...ifPointingTo(pointer.previousVersion) });
    return (await sendPatiently(patience, () => client.send(put))) ? 'COMMITTED' : 'CONFLICT';
  };

  const loadActive = async (id: string): Promise<ActivePointer | null> => {
    const item = await get(id, ACTIVE_PART);
    return item === null ? null : pointerOf(item, placeOf(id, ACTIVE_PART));
  };

  const loadVersions = async (id: string): Promise<readonly RuleSetReference[]> => {
    const range = { name: 'part', operator: 'begins_with', value: versionPart('') } as const;
    const heads = await queryItems(client, { tableName: TableName, key: ['ruleSetId', id], range });
    return heads.map((item) => versionHeadOf(item, placeOf(id, item.part?.S ?? '')).reference);
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
