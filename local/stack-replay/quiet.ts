import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { present } from '#core/invariant.ts';
import { CheckpointFile } from '../stack/checkpoint-file.ts';
import { openStream } from '../stack/stream-source.ts';
import { handlerFolders, PROJECT_ROOT, synthesizedTemplate } from '../stack/synthesize-template.ts';
import { parseTemplate } from '../stack/template.ts';

/** Which mapping reads which stream. */
interface Reader {
  readonly mappingId: string;
  readonly streamArn: string;
}

const streamOf = async (client: DynamoDBClient, tableName: string): Promise<string> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  return present(Table?.LatestStreamArn, `table ${tableName} has a stream`);
};

const readersOf = async (client: DynamoDBClient): Promise<readonly Reader[]> => {
  const file = await synthesizedTemplate();
  const { mappings } = parseTemplate(readFileSync(file, 'utf8'), file, handlerFolders(join(PROJECT_ROOT, 'functions')));
  const streams = new Map<string, string>();
  for (const { tableName } of mappings) if (!streams.has(tableName)) streams.set(tableName, await streamOf(client, tableName));
  return mappings.map(({ mappingId, tableName }) => ({ mappingId, streamArn: streams.get(tableName) ?? '' }));
};

/** Tells whether a running stack has anything left to do. */
export type QuietLook = () => Promise<boolean>;

/**
 * Looks whether all that was written has rung whom it rings, and all of them are done. A mapping's checkpoint moves when its function is done: when no stream
 * holds a record behind the checkpoints that stood in the file at one moment, nothing was in work at that moment. Only then does what was written in order
 * have effects in that order, whichever of its doors a function is rung at.
 */
export const quietLook = async (client: DynamoDBClient, streams: DynamoDBStreamsClient, dataFolder: string): Promise<QuietLook> => {
  const readers = await readersOf(client);
  return async () => {
    const checkpoints = new CheckpointFile(join(dataFolder, 'checkpoints.json'));
    for (const { mappingId, streamArn } of readers) {
      const ahead = await openStream(streams, streamArn, checkpoints.of(mappingId, streamArn));
      if ((await ahead.read()).length > 0) return false;
    }
    return true;
  };
};
