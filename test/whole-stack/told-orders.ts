import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { present } from '#core/invariant.ts';
import { openStream } from '#local/stack/stream-source.ts';
import type { WholeStack } from './whole-stack.ts';

/** Reads of the stream: far more than a small venue fills. */
const READS_MAX = 50;

/** The orders of each case in the order in which their stream, which a venue follows, told of them first. */
export const toldOrders = async ({ client, stack, tables }: WholeStack): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tables.orders }));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const streams = new DynamoDBStreamsClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  const told = new Map<string, string[]>();
  try {
    const source = await openStream(streams, present(Table?.LatestStreamArn, 'a stream of orders'), null);
    for (let reads = 0; reads < READS_MAX; reads += 1) {
      const records = await source.read();
      if (records.length === 0) return told;
      for (const { eventName, dynamodb } of records.filter((each) => each.eventName === 'INSERT')) {
        const image = present(dynamodb?.NewImage, `${eventName} has an image`);
        const caseId = image.caseId?.S ?? '';
        told.set(caseId, [...(told.get(caseId) ?? []), image.kind?.S ?? '']);
      }
    }
  } finally {
    streams.destroy();
  }
  throw new Error(`the stream of orders does not end within ${READS_MAX} reads`);
};
