import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { createTables } from './create-tables.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { startEmulator } from './emulator.ts';
import { type Invoke, startFunctions } from './function-host.ts';
import { clientEnvironment, enterEnvironment } from './process-environment.ts';
import { runTriggers } from './run-triggers.ts';
import type { StackEvent } from './stack-event.ts';
import { openStreamWindow } from './stream-peek.ts';
import { handlerFolders, PROJECT_ROOT, synthesizedTemplate } from './synthesize-template.ts';
import { parseTemplate } from './template.ts';
import type { FunctionTemplate } from './template-functions.ts';
import type { ScheduleTemplate } from './template-schedules.ts';

export interface StackOptions {
  /** Where tables, checkpoints and failed records are kept; a stack started on it again goes on where the last one ended. */
  readonly dataFolder: string;
  /** Instead of the template's rates. */
  readonly sweepEveryMs?: number | undefined;
  readonly auditEveryMs?: number | undefined;
  /** The database's port to try first; any free one where absent. */
  readonly port?: number | undefined;
  /** Variables that every function gets over its own: the rule set, the clock of a replay. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** A synthesized template; that of `infra/app.ts` where absent. */
  readonly templateFile?: string | undefined;
  /** The folder that holds `<function>/handler.ts`; the project's `functions/` where absent. */
  readonly functionsFolder?: string | undefined;
  /** Receives one line about what the user should know. */
  readonly say?: ((line: string) => void) | undefined;
  readonly report?: ((event: StackEvent) => void) | undefined;
  /** The emulator's program; null for a machine that has none. Looked for where absent. */
  readonly binary?: string | null | undefined;
}

/** The deployed machinery on one machine: tables, streams, functions and schedules, wired as the template says. */
export interface Stack {
  readonly endpoint: string;
  /** Local table names by the environment variable that tells them to functions: `TABLE_POOLS` and so on. */
  readonly tables: Readonly<Record<string, string>>;
  /** Where discarded records are kept. */
  readonly failuresFolder: string;
  readonly invoke: Invoke;
  /** Says that something was written from outside, so that the readers of streams look at once. */
  readonly hurry: () => void;
  /** Resolves with the reason if the stack breaks down by itself; never after `stop`. */
  readonly broken: Promise<string>;
  /** Lets what is in work finish, keeps the checkpoints and stops the database. May be called again. */
  readonly stop: () => Promise<void>;
}

/** Undone in the opposite order of being done, whether the start went through or not. */
class Undoing {
  readonly #steps: (() => void | Promise<void>)[] = [];
  #running: Promise<void> | null = null;

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  run(): Promise<void> {
    this.#running ??= this.#runAll();
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) await step();
  }
}

const tableVariables = (functions: readonly FunctionTemplate[]): Readonly<Record<string, string>> =>
  Object.fromEntries(functions.flatMap(({ environment }) => Object.entries(environment).filter(([name]) => name.startsWith('TABLE_'))));

const atRate = (schedules: readonly ScheduleTemplate[], options: StackOptions): readonly ScheduleTemplate[] => {
  const rates: Readonly<Record<string, number | undefined>> = { sweep: options.sweepEveryMs, audit: options.auditEveryMs };
  return schedules.map((schedule) => ({ ...schedule, everyMs: rates[schedule.functionName] ?? schedule.everyMs }));
};

const readTemplate = async (options: StackOptions, functionsFolder: string) => {
  const file = options.templateFile ?? (await synthesizedTemplate());
  return parseTemplate(readFileSync(file, 'utf8'), file, handlerFolders(functionsFolder));
};

const start = async (options: StackOptions, undoing: Undoing): Promise<Stack | null> => {
  const functionsFolder = options.functionsFolder ?? join(PROJECT_ROOT, 'functions');
  const { dataFolder, say = () => {}, report = () => {}, port, binary } = options;
  undoing.add(lockDataFolder(dataFolder));
  const emulator = await startEmulator({ dataFolder, port, binary, say });
  if (emulator === null) return null;
  undoing.add(emulator.stop);
  const environment = { ...options.environment, ...clientEnvironment(emulator.endpoint) };
  undoing.add(enterEnvironment(environment));
  const [client, streams] = [new DynamoDBClient({}), new DynamoDBStreamsClient({})];
  undoing.add(() => streams.destroy());
  undoing.add(() => client.destroy());
  const template = await readTemplate(options, functionsFolder);
  const streamArns = await createTables(client, template.tables);
  const invoke = await startFunctions({ functions: template.functions, folder: functionsFolder, environment });
  const streamWindow = openStreamWindow(join(dataFolder, 'tables.db'));
  if (streamWindow !== null) undoing.add(streamWindow.close);
  const failuresFolder = join(dataFolder, 'failures');
  const triggers = await runTriggers({
    mappings: template.mappings,
    schedules: atRate(template.schedules, options),
    client: streams,
    streamArns,
    invoke,
    peek: streamWindow?.peek ?? null,
    checkpointFile: join(dataFolder, 'checkpoints.json'),
    failuresFolder,
    report,
  });
  undoing.add(triggers.stop);
  let isStopping = false;
  undoing.add(() => {
    isStopping = true;
  });
  const broken = new Promise<string>((resolve) => {
    const breakDown = (reason: string): void => (isStopping ? undefined : resolve(reason));
    emulator.ended.then(() => breakDown('the embedded database ended'));
    triggers.failed.then(breakDown);
  });
  const { endpoint } = emulator;
  return {
    endpoint,
    tables: tableVariables(template.functions),
    failuresFolder,
    invoke,
    hurry: triggers.hurry,
    broken,
    stop: () => undoing.run(),
  };
};

/** Starts the local stack. Returns null, and says so, where this machine has no emulator and no endpoint is named: the engine then runs in one process. */
export const startStack = async (options: StackOptions): Promise<Stack | null> => {
  const undoing = new Undoing();
  try {
    const stack = await start(options, undoing);
    if (stack === null) await undoing.run();
    return stack;
  } catch (error) {
    await undoing.run();
    throw error;
  }
};
