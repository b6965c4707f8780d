import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '#local/stack/emulator.ts';
import { hasEmbeddedTables } from '../../support/embedded-tables.ts';
import { folderWith } from '../../support/folder.ts';

const EMULATOR = fileURLToPath(new URL('../../../local/stack/emulator.ts', import.meta.url));

const clientOf = (endpoint: string) =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });

const listens = async (endpoint: string): Promise<boolean> => {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
};

/** Whether it stops listening within three seconds. */
const fallsSilent = async (endpoint: string): Promise<boolean> => {
  for (let tries = 0; tries < 150; tries += 1) {
    if (!(await listens(endpoint))) return true;
    await sleep(20);
  }
  return false;
};

const running = async (dataFolder: string, port?: number): Promise<Emulator> => {
  const emulator = await startEmulator({ dataFolder, port, say: () => {} });
  if (emulator === null) throw new Error('no emulator');
  return emulator;
};

const createNotes = (client: DynamoDBClient) =>
  client.send(
    new CreateTableCommand({
      TableName: 'Notes',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );

const putNote = (client: DynamoDBClient) =>
  client.send(new PutItemCommand({ TableName: 'Notes', Item: { id: { S: 'a' }, price: { N: '1.5' } } }));

const getNote = async (client: DynamoDBClient) =>
  (await client.send(new GetItemCommand({ TableName: 'Notes', Key: { id: { S: 'a' } } }))).Item;

const occupied = async (): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
};

/** A process that starts an emulator, prints its endpoint and waits. */
const startedParent = async (dataFolder: string): Promise<{ readonly parent: ChildProcess; readonly endpoint: string }> => {
  const code = `import { startEmulator } from ${JSON.stringify(EMULATOR)};
    const emulator = await startEmulator({ dataFolder: ${JSON.stringify(dataFolder)}, say: () => {} });
    process.stdout.write(emulator.endpoint);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [endpoint] = await once(parent.stdout, 'data');
  return { parent, endpoint: String(endpoint) };
};

describe.skipIf(!hasEmbeddedTables)('the emulator', () => {
  it('answers as soon as it is started, and no longer once it is stopped', async () => {
    const emulator = await running(folderWith({}));
    expect(await listens(emulator.endpoint)).toBe(true);
    await emulator.stop();
    expect(await listens(emulator.endpoint)).toBe(false);
    await emulator.ended;
  });

  it('keeps its tables over a restart', async () => {
    const dataFolder = folderWith({});
    const first = await running(dataFolder);
    await createNotes(clientOf(first.endpoint));
    await putNote(clientOf(first.endpoint));
    await first.stop();
    const second = await running(dataFolder);
    expect(await getNote(clientOf(second.endpoint))).toEqual({ id: { S: 'a' }, price: { N: '1.5' } });
    await second.stop();
  });

  it('takes the next port where the wanted one is busy', async () => {
    const { server, port } = await occupied();
    const emulator = await running(folderWith({}), port);
    expect(Number(new URL(emulator.endpoint).port)).toBeGreaterThan(port);
    await emulator.stop();
    server.close();
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('does not outlive a parent that ends by %s', async (signal) => {
    const { parent, endpoint } = await startedParent(folderWith({}));
    expect(await listens(endpoint)).toBe(true);
    parent.kill(signal);
    expect(await fallsSilent(endpoint)).toBe(true);
  });

  it("starts on a killed stack's folder with everything that was acknowledged", async () => {
    const dataFolder = folderWith({});
    const { parent, endpoint } = await startedParent(dataFolder);
    await createNotes(clientOf(endpoint));
    await putNote(clientOf(endpoint));
    parent.kill('SIGKILL');
    const emulator = await running(dataFolder);
    expect(await getNote(clientOf(emulator.endpoint))).toMatchObject({ price: { N: '1.5' } });
    await emulator.stop();
  });

  it('waits until the emulator of a killed stack has left the folder', async () => {
    // This very process stands for a predecessor that is still there.
    const dataFolder = folderWith({ 'emulator.pid': `${process.pid}\n` });
    let isStarted = false;
    const start = running(dataFolder).finally(() => {
      isStarted = true;
    });
    await sleep(300);
    expect(isStarted).toBe(false);
    rmSync(join(dataFolder, 'emulator.pid'));
    await (await start).stop();
  });

  it('that cannot start says why, and leaves nothing running', async () => {
    await expect(startEmulator({ dataFolder: folderWith({}), say: () => {}, binary: '/nowhere/dynoxide' })).rejects.toThrow(
      /the embedded database did not start: .*\/nowhere\/dynoxide/,
    );
  });
});

describe('a machine without an emulator', () => {
  it('is told what it may do, and gets none', async () => {
    const said: string[] = [];
    expect(await startEmulator({ dataFolder: folderWith({}), say: (line) => said.push(line), binary: null })).toBeNull();
    expect(said).toEqual([
      expect.stringMatching(/^no embedded database for `.+`: put `dynoxide` on PATH or name an endpoint in AWS_ENDPOINT_URL_DYNAMODB$/),
    ]);
  });

  it('uses the endpoint that the environment names, and leaves it running', async () => {
    const { server, port } = await occupied();
    process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${port}`;
    const emulator = await startEmulator({ dataFolder: folderWith({}), say: () => {}, binary: null });
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    expect(emulator?.endpoint).toBe(`http://127.0.0.1:${port}`);
    await emulator?.stop();
    expect(server.listening).toBe(true);
    server.close();
  });
});
