import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { emulatorBinary } from './emulator-binary.ts';
import { freePort } from './free-port.ts';
import { type GuardedProcess, spawnGuarded } from './guarded-process.ts';

export interface Emulator {
  readonly endpoint: string;
  /** Resolves when the emulator is gone, asked or not. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EmulatorOptions {
  readonly dataFolder: string;
  /** The port to try first; the next ones are tried where it is taken. Any free one where absent. */
  readonly port?: number | undefined;
  /** Receives one line about what the user should know. */
  readonly say: (line: string) => void;
  /** The emulator's program; null for a machine that has none. Looked for where absent. */
  readonly binary?: string | null | undefined;
}

const READY_MS_MAX = 10_000;
/** Ports tried before giving up; others may take a free port between its choice and its use. */
const PORTS_MAX = 20;
/** How long the emulator of a killed predecessor may take to leave the data folder. */
const PREDECESSOR_MS_MAX = 5_000;
/** As much of the emulator's words as an error message may quote. */
const WORDS_MAX = 10_000;

/** Waits for the line that says the emulator listens. It goes to standard error; nothing is ever written to standard output. */
const started = async (child: GuardedProcess): Promise<'READY' | 'PORT_TAKEN'> => {
  let text = '';
  const listening = new Promise<'READY'>((resolve) => {
    child.stderr.on('data', (chunk: Buffer) => {
      // Later lines are read and dropped so that the pipe never fills.
      if (text.length < WORDS_MAX) text += chunk.toString();
      if (text.includes('listening on')) resolve('READY');
    });
  });
  const late = sleep(READY_MS_MAX, 'LATE' as const, { ref: false });
  const outcome = await Promise.race([listening, child.ended.then(() => 'ENDED' as const), late]);
  if (outcome === 'READY') return outcome;
  await child.stop();
  if (text.includes('already in use')) return 'PORT_TAKEN';
  throw new Error(`the embedded database did not start: ${text.trim() || `no word within \`${READY_MS_MAX}\` ms`}`);
};

/** Whether the process is there, as far as that can be told: one that ended and that nobody has asked about still counts. */
const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
};

/** The emulator of a killed stack ends a moment after it: two at once would serve one file. Its guard takes the file away when it is gone. */
const predecessorGone = async (processFile: string): Promise<void> => {
  const processId = existsSync(processFile) ? Number.parseInt(readFileSync(processFile, 'utf8'), 10) : 0;
  const giveUpAt = Date.now() + PREDECESSOR_MS_MAX;
  // Bounded, because the guard may have been killed too and the id may belong to a stranger by now.
  while (processId > 0 && existsSync(processFile) && isAlive(processId) && Date.now() < giveUpAt) await sleep(5);
};

/** Without this index every write scans all stream records ever written. Failing costs speed only. */
const indexStreamRecords = (databaseFile: string, say: (line: string) => void): void => {
  try {
    const database = new DatabaseSync(databaseFile);
    database.exec('PRAGMA busy_timeout = 5000');
    database.exec('CREATE INDEX IF NOT EXISTS stream_records_in_order ON _stream_records(table_name, CAST(sequence_number AS INTEGER))');
    database.close();
  } catch (error) {
    say(`stream records have no index, so that writes slow down as they grow in number: ${error instanceof Error ? error.message : error}`);
  }
};

const portsOf = async function* (first: number | undefined): AsyncGenerator<number> {
  for (let nth = 0; nth < PORTS_MAX; nth += 1) yield first === undefined ? await freePort() : first + nth;
};

interface Files {
  readonly database: string;
  readonly process: string;
}

const startOn = async (binary: string, files: Files, port: number): Promise<GuardedProcess | null> => {
  const child = spawnGuarded(binary, ['--host', '127.0.0.1', '--port', String(port), '--db-path', files.database], files.process);
  return (await started(child)) === 'READY' ? child : null;
};

const serve = async (binary: string, options: EmulatorOptions): Promise<Emulator> => {
  mkdirSync(options.dataFolder, { recursive: true });
  const files: Files = { database: join(options.dataFolder, 'tables.db'), process: join(options.dataFolder, 'emulator.pid') };
  await predecessorGone(files.process);
  for await (const port of portsOf(options.port)) {
    const child = await startOn(binary, files, port);
    if (child === null) continue;
    indexStreamRecords(files.database, options.say);
    return { endpoint: `http://127.0.0.1:${port}`, ended: child.ended, stop: child.stop };
  }
  throw new Error(`the embedded database found no free port in \`${PORTS_MAX}\` attempts`);
};

/** Somebody else's DynamoDB: it was there before and it stays. */
const external = (endpoint: string): Emulator => ({ endpoint, ended: new Promise(() => {}), stop: async () => {} });

/**
 * Starts the embedded DynamoDB on the files in `dataFolder`, or uses the endpoint that AWS_ENDPOINT_URL_DYNAMODB names. Returns null, and says so, where
 * this machine has neither. The emulator ends with this process, however that ends.
 */
export const startEmulator = async (options: EmulatorOptions): Promise<Emulator | null> => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (endpoint !== undefined && endpoint !== '') return external(endpoint);
  const binary = options.binary === undefined ? emulatorBinary() : options.binary;
  if (binary !== null) return serve(binary, options);
  options.say(
    `no embedded database for \`${process.platform}-${process.arch}\`: put \`dynoxide\` on PATH or name an endpoint in AWS_ENDPOINT_URL_DYNAMODB`,
  );
  return null;
};
