import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Stack, type StackOptions, startStack } from '#local/stack/start-stack.ts';
import { folderWith } from '../../support/folder.ts';
import { smallTemplate } from './small-template.ts';

const START_STACK = fileURLToPath(new URL('../../../local/stack/start-stack.ts', import.meta.url));
const UNTIL_SIGNAL = fileURLToPath(new URL('../../../local/stack/until-signal.ts', import.meta.url));

/** Everything that a small stack is started with, over a fresh data folder. */
export const smallOptions = (): StackOptions => {
  const folder = folderWith({ 'small.template.json': smallTemplate() });
  return {
    dataFolder: `${folder}/data`,
    templateFile: `${folder}/small.template.json`,
    functionsFolder: fileURLToPath(new URL('./small-functions', import.meta.url)),
  };
};

export const runningStack = async (options: StackOptions): Promise<Stack> => {
  const stack = await startStack(options);
  if (stack === null) throw new Error('no emulator');
  return stack;
};

/** A stack in a process of its own, which stops it at SIGTERM. */
export const stackProcess = async (options: StackOptions) => {
  const code = `import { startStack } from ${JSON.stringify(START_STACK)};
    import { untilSignal } from ${JSON.stringify(UNTIL_SIGNAL)};
    const asked = untilSignal();
    const stack = await startStack(${JSON.stringify(options)});
    process.stdout.write(stack.endpoint);
    await asked;
    await stack.stop();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = await once(child.stdout, 'data');
  return { child, endpoint: String(endpoint) };
};

export const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

export const observe = (client: DynamoDBClient, sequence: number, markPrice = '100') =>
  client.send(
    new PutItemCommand({
      TableName: 'EngineObservations1',
      Item: { marketId: { S: 'BTC-USDT' }, sequence: { N: String(sequence) }, markPrice: { S: markPrice } },
    }),
  );

const scan = async (client: DynamoDBClient, TableName: string) =>
  (await client.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];

/** Sequences that the small function has copied, in order. */
export const copied = async (client: DynamoDBClient): Promise<readonly number[]> =>
  (await scan(client, 'EngineRings2')).map(({ poolId }) => Number(poolId?.S)).sort((a, b) => a - b);

export const sweeps = async (client: DynamoDBClient): Promise<number> => Number((await scan(client, 'EngineControls3'))[0]?.runs?.N ?? 0);

/** Waits until the condition holds; an error after ten seconds. */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error('it did not happen within ten seconds');
};

/** The integers from 1 to `last`. */
export const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, nth) => nth + 1);
