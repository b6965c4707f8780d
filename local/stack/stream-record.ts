import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue as StoredValue } from '@aws-sdk/client-dynamodb';
import type { _Record as StreamRecord } from '@aws-sdk/client-dynamodb-streams';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';

type Image = Readonly<Record<string, StoredValue>>;

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** An attribute as it reaches a function: as JSON, in which bytes are base64 text. */
const lambdaValue = (value: StoredValue): AttributeValue => {
  if (value.B !== undefined) return { B: base64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(base64) };
  if (value.L !== undefined) return { L: value.L.map(lambdaValue) };
  if (value.M !== undefined) return { M: lambdaImage(value.M) };
  if (value.S !== undefined) return { S: value.S };
  if (value.N !== undefined) return { N: value.N };
  if (value.BOOL !== undefined) return { BOOL: value.BOOL };
  if (value.NULL !== undefined) return { NULL: value.NULL };
  if (value.SS !== undefined) return { SS: value.SS };
  if (value.NS !== undefined) return { NS: value.NS };
  throw new Error(`a stream record holds an attribute of unknown type \`${JSON.stringify(value)}\``);
};

const lambdaImage = (image: Image): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(image).map(([name, value]) => [name, lambdaValue(value)]));

/** A record of a stream as Lambda hands it to a function: times in whole seconds, bytes as base64 text. */
export const lambdaRecord = (record: StreamRecord, streamArn: string): DynamoDBRecord => {
  const { ApproximateCreationDateTime: createdAt, Keys, NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  return {
    eventID: record.eventID ?? '',
    ...(record.eventName === undefined ? {} : { eventName: record.eventName }),
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: record.awsRegion ?? '',
    eventSourceARN: streamArn,
    dynamodb: {
      ...(createdAt === undefined ? {} : { ApproximateCreationDateTime: Math.floor(createdAt.getTime() / 1000) }),
      ...(Keys === undefined ? {} : { Keys: lambdaImage(Keys) }),
      ...(NewImage === undefined ? {} : { NewImage: lambdaImage(NewImage) }),
      ...(OldImage === undefined ? {} : { OldImage: lambdaImage(OldImage) }),
      SequenceNumber: rest.SequenceNumber ?? '',
      ...(rest.SizeBytes === undefined ? {} : { SizeBytes: rest.SizeBytes }),
      ...(rest.StreamViewType === undefined ? {} : { StreamViewType: rest.StreamViewType }),
    },
  };
};

export const sequenceNumberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

/** When the record was written, to the second that it carries. */
export const createdAtMs = (record: DynamoDBRecord): number => (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;

/** A write that changed nothing. The service puts no such record into a stream, the embedded database does. */
export const changesNothing = (record: DynamoDBRecord): boolean =>
  record.eventName === 'MODIFY' &&
  record.dynamodb?.NewImage !== undefined &&
  isDeepStrictEqual(record.dynamodb.OldImage, record.dynamodb.NewImage);

/** Sequence numbers are integers of any length: as text `10` is below `9`, as doubles neighbours are equal. */
export const compareSequenceNumbers = (a: string, b: string): -1 | 0 | 1 => {
  const [first, second] = [BigInt(a), BigInt(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
};
