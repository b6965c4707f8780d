import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { patience, sendPatiently } from '../dynamodb/patience.ts';
import type { TableNames } from '../dynamodb/table-names.ts';
import { ifAbsent } from '../dynamodb/write-conditions.ts';

/** A record put aside, for whoever looks after the engine. */
export interface QuarantinedRecord {
  /** Table whose stream it came from. */
  readonly stream: string;
  readonly sequenceNumber: string;
  readonly reason: string;
  /** The record as JSON, cut where it is too long for an item. */
  readonly record: string;
}

export type QuarantinePort = (record: QuarantinedRecord) => Promise<void>;

/** Characters of a record that are kept; an item holds 400 KB, and a character takes at most four bytes of them. */
const RECORD_TEXT_MAX = 80_000;
const REASON_MAX = 1000;

/** Characters of what names a record: table, sequence number and their prefix stay within a composed key. */
const NAME_MAX = 70;

const nameOf = (text: string | undefined): string => (text ?? '').replace(/[^A-Za-z0-9_.-]/g, '').slice(0, NAME_MAX) || 'unknown';

/** The record as it is put aside. */
export const quarantinedRecord = (record: DynamoDBRecord, reason: string): QuarantinedRecord => ({
  stream: nameOf(/:table\/([^/]+)\//.exec(record.eventSourceARN ?? '')?.[1]),
  sequenceNumber: nameOf(record.dynamodb?.SequenceNumber ?? record.eventID),
  reason: reason.slice(0, REASON_MAX),
  record: JSON.stringify(record).slice(0, RECORD_TEXT_MAX),
});

export const quarantineKey = ({ stream, sequenceNumber }: QuarantinedRecord): string => `QUARANTINE#${stream}#${sequenceNumber}`;

/** Puts records aside in Controls, each once: what is there already came with an earlier delivery. */
export const quarantineIn =
  (client: DynamoDBClient, tables: TableNames): QuarantinePort =>
  async (quarantined) => {
    const { stream, sequenceNumber, reason, record } = quarantined;
    const item = {
      controlKey: { S: quarantineKey(quarantined) },
      stream: { S: stream },
      sequenceNumber: { S: sequenceNumber },
      reason: { S: reason },
      record: { S: record },
    };
    const put = new PutItemCommand({ TableName: tables.controls, Item: item, ...ifAbsent('controlKey') });
    await sendPatiently(patience, () => client.send(put));
  };
