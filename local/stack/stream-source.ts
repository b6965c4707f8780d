import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { lambdaRecord, sequenceNumberOf } from './stream-record.ts';

/** A stream read from one place on, in order. */
export interface StreamSource {
  readonly streamArn: string;
  /** The next records; none when the end is reached. After an error the same records come again. */
  readonly read: () => Promise<readonly DynamoDBRecord[]>;
}

/** As many as one call gives. */
const RECORDS_MAX = 1000;

const shardIdsOf = async (client: DynamoDBStreamsClient, streamArn: string): Promise<readonly string[]> => {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  return (StreamDescription?.Shards ?? []).flatMap(({ ShardId }) => (ShardId === undefined ? [] : [ShardId]));
};

/** An iterator that the service no longer knows, or a place that the stream has forgotten. */
const isStale = (error: unknown): boolean =>
  error instanceof Error && ['ExpiredIteratorException', 'TrimmedDataAccessException'].includes(error.name);

interface Place {
  shardId: string;
  /** Null before the first record of the shard. */
  after: string | null;
  iterator: string | null;
}

const iteratorAt = async (client: DynamoDBStreamsClient, streamArn: string, place: Place): Promise<string | null> => {
  const from =
    place.after === null
      ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
      : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: place.after } as const);
  const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: place.shardId, ...from });
  return (await client.send(command)).ShardIterator ?? null;
};

/**
 * Reads a stream after a sequence number, from its oldest record where that is null. Local databases keep one open shard per stream and none beside it, so
 * that shards are read one after the other: a closed one is followed by the next in the description.
 */
export const openStream = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
  after: string | null,
  hasMore: (after: string | null) => boolean = () => true,
): Promise<StreamSource> => {
  const [first] = await shardIdsOf(client, streamArn);
  if (first === undefined) throw new Error(`stream \`${streamArn}\` has no shard`);
  const place: Place = { shardId: first, after, iterator: null };
  const moveOn = async (): Promise<void> => {
    const shardIds = await shardIdsOf(client, streamArn);
    const next = shardIds[shardIds.indexOf(place.shardId) + 1];
    if (next !== undefined) Object.assign(place, { shardId: next, after: null });
  };
  const read = async (): Promise<readonly DynamoDBRecord[]> => {
    if (!hasMore(place.after)) return [];
    place.iterator ??= await iteratorAt(client, streamArn, place);
    if (place.iterator === null) return [];
    const { Records = [], NextShardIterator } = await client.send(
      new GetRecordsCommand({ ShardIterator: place.iterator, Limit: RECORDS_MAX }),
    );
    const records = Records.map((record) => lambdaRecord(record, streamArn));
    const last = records.at(-1);
    if (last !== undefined) place.after = sequenceNumberOf(last);
    place.iterator = NextShardIterator ?? null;
    if (place.iterator === null) await moveOn();
    return records;
  };
  return {
    streamArn,
    read: () =>
      read().catch((error: unknown) => {
        place.iterator = null;
        if (error instanceof Error && error.name === 'TrimmedDataAccessException') place.after = null;
        if (isStale(error)) return [];
        throw error;
      }),
  };
};
