import { type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AuditCursor, AuditPorts } from '#functions/audit/audit.ts';
import { count, whole } from '../dynamodb/attribute.ts';
import { decodeMembers, encodeMembers } from '../dynamodb/composite-attribute.ts';
import { entryItem } from '../dynamodb/entry-item.ts';
import { patience, sendPatiently } from '../dynamodb/patience.ts';
import { getItem, queryItems } from '../dynamodb/read-items.ts';
import type { TableNames } from '../dynamodb/table-names.ts';
import { ifVersionBefore } from '../dynamodb/write-conditions.ts';

/** What an audit reads and keeps beside the engine's ports. */
export type AuditStore = Pick<AuditPorts, 'loadEntries' | 'loadSequences' | 'loadCursor' | 'saveCursor'>;

const cursorKey = (marketId: string): string => `AUDIT#${marketId}`;

const cursorMembers = { sequence: count, version: whole((value) => value, 1) };

/** Postings, observations and audit cursors in their tables; all reads are strong. */
export const auditStore = (client: DynamoDBClient, tables: TableNames): AuditStore => ({
  loadEntries: async (caseId) => (await queryItems(client, { tableName: tables.journal, key: ['entryKey', caseId] })).map(entryItem.decode),

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
    const item = await getItem(client, tables.controls, { controlKey: cursorKey(marketId) });
    if (item === null) return null;
    const { controlKey: _key, ...members } = item;
    return { marketId, ...decodeMembers(cursorMembers, members, { table: 'Controls', key: cursorKey(marketId), attribute: '' }) };
  },

  saveCursor: async ({ marketId, sequence, version }) => {
    const put = new PutItemCommand({
      TableName: tables.controls,
      Item: { controlKey: { S: cursorKey(marketId) }, ...encodeMembers(cursorMembers, { sequence, version }) },
      ...ifVersionBefore('controlKey', version),
    });
    return (await sendPatiently(patience, () => client.send(put))) ? 'COMMITTED' : 'CONFLICT';
  },
});
