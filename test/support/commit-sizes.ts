import type { AttributeValue, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Write } from '#core/commit.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { transactItems, type WriteTarget } from '#functions/adapters/dynamodb/transact-items.ts';
import type { CommitObserver } from '#local/store/memory-store.ts';
import type { MemoryTables } from '#local/store/memory-tables.ts';
import { KEYS, TABLES } from '../adapters/lambda/tables.ts';

/** What one transaction of DynamoDB holds, and one item of it. */
export const ITEMS_MAX = 100;
export const BYTES_MAX = 4 * 1024 * 1024;
export const ITEM_BYTES_MAX = 400 * 1024;

/** Bytes as the service is sent them: in text. */
const asSent = (value: AttributeValue) => (value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') });

const sentItem = (item: Attributes) => Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asSent(value)]));

const nameOf = ({ Put, Delete }: TransactWriteItem): string => {
  const table = Put?.TableName ?? Delete?.TableName ?? '';
  const key = Put?.Item ?? Delete?.Key ?? {};
  return [table, ...(KEYS[table] ?? []).map((name) => key[name]?.S ?? '?')].join(' ');
};

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value), 'utf8');

/** Counts what each commit would be as a transaction of DynamoDB. */
export class CommitSizes implements CommitObserver {
  /** Most items of one commit. */
  items = 0;
  /** Most bytes of one commit and of one of its items, as JSON, which is longer than what the service counts. */
  bytes = 0;
  itemBytes = 0;
  /** Items that are written twice in one commit, which the service refuses. */
  readonly twice: string[] = [];
  readonly #target: WriteTarget;

  constructor(fundIds: WriteTarget['fundIds']) {
    this.#target = { tables: TABLES, fundIds };
  }

  readonly beforeCommit = (_tables: MemoryTables, writes: readonly Write[]): void => {
    const items = writes.flatMap((write) => transactItems(this.#target, write));
    const sent = items.map((item) => (item.Put?.Item === undefined ? item : { Put: { ...item.Put, Item: sentItem(item.Put.Item) } }));
    this.items = Math.max(this.items, items.length);
    this.bytes = Math.max(this.bytes, bytesOf(sent));
    this.itemBytes = Math.max(this.itemBytes, ...sent.map((item) => bytesOf(item.Put?.Item ?? {})));
    const names = items.map(nameOf);
    this.twice.push(...names.filter((name, place) => names.indexOf(name) !== place));
  };
}
