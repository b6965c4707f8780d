import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDBRecord } from 'aws-lambda';
import { createdAtMs, sequenceNumberOf } from './stream-record.ts';

export type GiveUp = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** Records that a mapping gives up, with what is known of them. */
export interface Discarded {
  readonly mappingId: string;
  readonly functionName: string;
  readonly streamArn: string;
  readonly records: readonly DynamoDBRecord[];
  readonly condition: GiveUp;
  readonly invocations: number;
  readonly reason: string;
  readonly at: number;
}

const timeOf = (record: DynamoDBRecord | undefined): string | null =>
  record === undefined ? null : new Date(createdAtMs(record)).toISOString();

/** The document that Lambda leaves in a bucket, with the function's own words beside it. */
const failureRecord = (discarded: Discarded) => {
  const { records } = discarded;
  const [first, last] = [records[0], records.at(-1)];
  return {
    version: '1.0',
    timestamp: new Date(discarded.at).toISOString(),
    requestContext: { functionArn: discarded.functionName, condition: discarded.condition, approximateInvokeCount: discarded.invocations },
    responseContext: { reason: discarded.reason },
    DDBStreamBatchInfo: {
      streamArn: discarded.streamArn,
      startSequenceNumber: first === undefined ? null : sequenceNumberOf(first),
      endSequenceNumber: last === undefined ? null : sequenceNumberOf(last),
      approximateArrivalOfFirstRecord: timeOf(first),
      approximateArrivalOfLastRecord: timeOf(last),
      batchSize: records.length,
    },
    // Text, as there: the whole event, which is read once more by whoever delivers it again.
    payload: JSON.stringify({ Records: records }),
  };
};

/**
 * Keeps discarded records under `<folder>/<mapping>/<first sequence number>.json` and returns the file. The name follows from the records, so that a
 * crash before the checkpoint keeps them once.
 */
export const keepDiscarded = (folder: string, discarded: Discarded): string => {
  const place = join(folder, discarded.mappingId);
  mkdirSync(place, { recursive: true });
  const [first] = discarded.records;
  const file = join(place, `${first === undefined ? 'none' : sequenceNumberOf(first)}.json`);
  writeFileSync(file, `${JSON.stringify(failureRecord(discarded), null, 2)}\n`);
  return file;
};
