import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type TableNames, tableNamesFrom } from '#functions/adapters/dynamodb/table-names.ts';
import { createTables } from '#local/stack/create-tables.ts';
import { startEmulator } from '#local/stack/emulator.ts';
import { emulatorBinary } from '#local/stack/emulator-binary.ts';
import { handlerFolders, PROJECT_ROOT, synthesizedTemplate } from '#local/stack/synthesize-template.ts';
import { parseTemplate } from '#local/stack/template.ts';
import { folderWith } from './folder.ts';

/** Whether this machine has the embedded database; tests that need it are skipped, and say so, on a platform for which there is none. */
export const hasEmbeddedTables = emulatorBinary() !== null;
if (!hasEmbeddedTables && process.platform === 'linux' && process.arch === 'x64')
  throw new Error('the embedded database of this platform is not installed: its tests would all be skipped');
if (!hasEmbeddedTables) process.stderr.write('no embedded database for this platform: its tests are skipped\n');

/** The engine's tables as they are deployed, empty, in the embedded database. */
export interface EmbeddedTables {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly stop: () => Promise<void>;
}

export const startEmbeddedTables = async (): Promise<EmbeddedTables> => {
  const emulator = await startEmulator({ dataFolder: join(folderWith({}), 'data'), say: () => {} });
  if (emulator === null) throw new Error('no emulator');
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  const file = await synthesizedTemplate();
  const template = parseTemplate(readFileSync(file, 'utf8'), file, handlerFolders(join(PROJECT_ROOT, 'functions')));
  await createTables(client, template.tables);
  const environment = Object.fromEntries(template.functions.flatMap((each) => Object.entries(each.environment)));
  const stop = async (): Promise<void> => {
    client.destroy();
    await emulator.stop();
  };
  return { client, tables: tableNamesFrom(environment), stop };
};
