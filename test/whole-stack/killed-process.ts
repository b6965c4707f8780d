import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const CHILD = fileURLToPath(new URL('./replay-child.ts', import.meta.url));

/** The files that one replay reads and writes. */
export interface ReplayFiles {
  readonly scenario: string;
  readonly rules: string;
  readonly dataFolder: string;
  readonly resultFile: string;
}

/** A replay at work in a process group of its own. */
export interface RunningReplay {
  readonly child: ChildProcess;
  /** Called with the marks that are done, −1 at the beginning. */
  onMarks: (marks: number) => void;
  /** Resolves with the exit code, null when it was killed, and what went to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly words: string }>;
}

export const startReplay = ({ scenario, rules, dataFolder, resultFile }: ReplayFiles): RunningReplay => {
  const child = spawn(process.execPath, [CHILD, scenario, rules, dataFolder, resultFile], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; words: string }>((resolve, reject) => {
    child.once('error', reject);
    // Not `close`: the pipes may live a moment longer in a database that is about to end.
    child.once('exit', (code) => resolve({ code, words }));
  });
  const running: RunningReplay = { child, onMarks: () => {}, ended };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, marks] = /^MARKS (-?\d+)$/.exec(line) ?? [];
    if (marks !== undefined) running.onMarks(Number(marks));
  });
  return running;
};

/** The process group of the database in a data folder; null where none is noted. */
const databaseGroup = (dataFolder: string): number | null => {
  const file = join(dataFolder, 'emulator.pid');
  const group = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : Number.NaN;
  return Number.isNaN(group) ? null : group;
};

const killGroup = (group: number): void => {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
};

const statusOf = (processId: string): string => {
  try {
    return readFileSync(join('/proc', processId, 'stat'), 'utf8');
  } catch {
    return '';
  }
};

/** Whether a process of the group still runs; one that ended and that nobody has asked about does not. */
const isAlive = (group: number): boolean => {
  if (!existsSync('/proc/self/stat')) {
    try {
      return process.kill(-group, 0);
    } catch {
      return false;
    }
  }
  const living = new RegExp(`\\) [^ZX] \\d+ ${group} `);
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && living.test(statusOf(name)));
};

const GONE_MS_MAX = 3_000;

/** Whether the group is gone, at once or a moment later. */
const isGone = async (group: number): Promise<boolean> => {
  for (const giveUpAt = Date.now() + GONE_MS_MAX; Date.now() < giveUpAt; await sleep(10)) if (!isAlive(group)) return true;
  return false;
};

/** EVERYTHING: the replay and its database at one stroke. REPLAY: the replay alone, whose database has to notice. */
export type Stroke = 'EVERYTHING' | 'REPLAY';

/** Kills a replay with all that belongs to it and waits until nothing of it is left. Throws when its database lives on. */
export const kill = async ({ child, ended }: RunningReplay, dataFolder: string, stroke: Stroke): Promise<void> => {
  const database = databaseGroup(dataFolder);
  if (child.pid !== undefined) killGroup(child.pid);
  if (database !== null && stroke === 'EVERYTHING') killGroup(database);
  await ended;
  if (database !== null && !(await isGone(database)))
    throw new Error(`the database of a killed replay, process group ${database}, lives on`);
};
