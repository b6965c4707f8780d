import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { JournalEntry } from '#core/account/ledger.ts';
import type { AuditCursor, AuditPorts } from '#functions/audit/audit.ts';
import { count, whole } from '../dynamodb/attribute.ts';
import { decodeMembers, encodeMembers } from '../dynamodb/composite-attribute.ts';
import { entryItem } from '../dynamodb/entry-item.ts';
import type { TableNames } from '../dynamodb/table-names.ts';

/** What an audit reads and keeps beside the engine's ports. */
export type AuditStore = Pick<AuditPorts, 'loadEntries' | 'loadSequences' | 'loadCursor' | 'saveCursor'>;

const cursorKey = (marketId: string): string => `AUDIT#${marketId}`;

const cursorMembers = { sequence: count, version: whole((value) => value, 1) };

/** Postings, observations and audit cursors in their tables; all reads are strong. */
export const auditStore = (client: DynamoDBClient, tables: TableNames): AuditStore => ({
  loadEntries: async (caseId) => {
    const entries: JournalEntry[] = [];
    let from: QueryCommandInput['ExclusiveStartKey'];
    do {
      const query = new QueryCommand({
        TableName: tables.journal,
        KeyConditionExpression: '#entryKey = :case',
        ExpressionAttributeNames: { '#entryKey': 'entryKey' },
        ExpressionAttributeValues: { ':case': { S: caseId } },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      });
      const page = await client.send(query);
      for (const item of page.Items ?? []) entries.push(entryItem.decode(item));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return entries;
  },

  loadSequences: async (marketId, after, limit) => {
    const query = new QueryCommand({
      TableName: tables.observations,
      KeyConditionExpression: '#marketId = :market AND #sequence > :after',
      ExpressionAttributeNames: { '#marketId': 'marketId', '#sequence': 'sequence' },
      ExpressionAttributeValues: { ':market': { S: marketId }, ':after': { N: String(after) } },
      ProjectionExpression: '#sequence',
      ConsistentRead: true,
      Limit: limit,
    });
    const { Items = [] } = await client.send(query);
    return Items.map((item) =>
      count.decode(item.sequence ?? { NULL: true }, { table: 'Observations', key: marketId, attribute: 'sequence' }),
    );
  },

  loadCursor: async (marketId): Promise<AuditCursor | null> => {
    const Key = { controlKey: { S: cursorKey(marketId) } };
    const { Item } = await client.send(new GetItemCommand({ TableName: tables.controls, Key, ConsistentRead: true }));
    if (Item === undefined) return null;
    const { controlKey: _key, ...members } = Item;
    return { marketId, ...decodeMembers(cursorMembers, members, { table: 'Controls', key: cursorKey(marketId), attribute: '' }) };
  },

  saveCursor: async ({ marketId, sequence, version }) => {
    const put = new PutItemCommand({
      TableName: tables.controls,
      Item: { controlKey: { S: cursorKey(marketId) }, ...encodeMembers(cursorMembers, { sequence, version }) },
      ...(version === 1
        ? { ConditionExpression: 'attribute_not_exists(#controlKey)', ExpressionAttributeNames: { '#controlKey': 'controlKey' } }
        : {
            ConditionExpression: '#version = :before',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':before': { N: String(version - 1) } },
          }),
    });
    try {
      await client.send(put);
      return 'COMMITTED';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'CONFLICT';
      throw error;
    }
  },
});
