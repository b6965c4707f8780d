import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { Write } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { transactItems, type WriteTarget } from '#functions/adapters/dynamodb/transact-items.ts';
import type { StreamFunction } from '#functions/adapters/lambda/handlers.ts';
import { deleverageWaves } from '#functions/deleverage/handler.ts';
import { evaluate } from '#functions/evaluate-margin/handler.ts';
import { openWaves } from '#functions/open-wave/handler.ts';
import { settleLiquidations } from '#functions/settle-liquidation/handler.ts';
import { watchMarks } from '#functions/watch-marks/handler.ts';
import { anyFilter } from '#local/stack/filter-pattern.ts';
import { lambdaRecord } from '#local/stack/stream-record.ts';
import { DOORBELLS } from '../../infra/constructs/doorbells.ts';
import { KEYS, TABLES } from '../adapters/lambda/tables.ts';

/** A record on its way to a function. */
export interface Delivery {
  readonly to: StreamFunction;
  readonly record: DynamoDBRecord;
}

type EventName = 'INSERT' | 'MODIFY' | 'REMOVE';
type KeyText = Readonly<Record<string, string | number>>;

const arnOf = (table: string): string => `arn:aws:dynamodb:eu-central-1:123456789012:table/${table}/stream/2026-01-01T00:00:00.000`;

const attributeOf = (value: string | number): AttributeValue => (typeof value === 'number' ? { N: String(value) } : { S: value });

let sequenceNumber = 0;

const nextPlace = () => {
  sequenceNumber += 1;
  return { SequenceNumber: String(sequenceNumber), ApproximateCreationDateTime: 1_760_000_000 };
};

/** A stream record as it reaches a function that reads nothing else of it: keys, no images. */
export const recordOf = (table: string, eventName: EventName, keys: KeyText): DynamoDBRecord => ({
  eventName,
  eventSourceARN: arnOf(table),
  dynamodb: { Keys: Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, attributeOf(value)])), ...nextPlace() },
});

/** A record of an item that was put or that went, with its image. */
const imageRecordOf = (table: string, eventName: EventName, item: Attributes): DynamoDBRecord => {
  const { SequenceNumber, ApproximateCreationDateTime } = nextPlace();
  const Keys = Object.fromEntries((KEYS[table] ?? []).map((name) => [name, present(item[name], `an item of ${table} has its ${name}`)]));
  const dynamodb = { Keys, SequenceNumber, ApproximateCreationDateTime: new Date(ApproximateCreationDateTime * 1000) };
  return lambdaRecord({ eventName, dynamodb: { ...dynamodb, [eventName === 'REMOVE' ? 'OldImage' : 'NewImage']: item } }, arnOf(table));
};

const putRecord = ({ Put }: TransactWriteItem, eventName: EventName | null): DynamoDBRecord => {
  const { TableName = '', Item = {} } = present(Put, 'every write is a put here');
  return imageRecordOf(TableName, eventName ?? (Number(Item.version?.N ?? 1) > 1 ? 'MODIFY' : 'INSERT'), Item);
};

/** What the streams of the deployed tables say of a write. */
export const recordsOf = (write: Write, fundIds: WriteTarget['fundIds']): readonly DynamoDBRecord[] => {
  const isRemoved = 'action' in write && write.action === 'REMOVE';
  // Of what is removed a transaction names the key alone; a stream has its last image, which is the one that was put.
  const put: Write = isRemoved ? { ...write, action: 'PUT' } : write;
  return transactItems({ tables: TABLES, fundIds }, put).map((item) => putRecord(item, isRemoved ? 'REMOVE' : null));
};

const STREAM_FUNCTIONS: readonly StreamFunction[] = [watchMarks, evaluate, openWaves, settleLiquidations, deleverageWaves];

const BELLS = DOORBELLS.map(({ rings, table, pattern }) => ({
  to: present(
    STREAM_FUNCTIONS.find(({ name }) => name === rings),
    rings,
  ),
  arn: arnOf(table),
  matches: anyFilter([JSON.stringify(pattern)]),
}));

/** Whom a record rings where the engine is deployed. */
export const rungBy = (record: DynamoDBRecord): readonly Delivery[] =>
  BELLS.filter(({ arn, matches }) => arn === record.eventSourceARN && matches(record)).map(({ to }) => ({ to, record }));
