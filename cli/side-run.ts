import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Timings } from '#local/replay/replay-document.ts';
import { emulatorBinary } from '#local/stack/emulator-binary.ts';
import { sideRunMain } from './side-run-main.ts';

const timingsSchema = z.object({
  totalMs: z.number(),
  marksPerSecond: z.number(),
  evaluations: z.number(),
  evaluationsPerSecond: z.number(),
});

const messageSchema = z.union([z.strictObject({ marks: z.number() }), z.strictObject({ timings: timingsSchema })]);

/** What a run in another process is told. */
export interface SideRunRequest {
  readonly scenario: string;
  readonly rules: string;
  readonly dataFolder: string;
}

/** A replay on the local stack in a process of its own. Its tables stay in its data folder: whoever replays there next finds it at its end. */
export interface SideRun {
  /** The marks that it has done. */
  readonly onMarks: (update: (marks: number) => void) => void;
  /** What it took, once it has ended; null when it ended before its replay did, whatever the reason: a replay on its folder goes on from there and tells. */
  readonly ended: Promise<Timings | null>;
}

/** Whether a second replay gains anything here: it needs a database and a processor of its own. */
export const canRunAside = (): boolean =>
  availableParallelism() > 1 && (process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '') === '' && emulatorBinary() !== null;

/** Starts a replay beside this process. It ends with this process, and cleanly when the signal says so. */
export const startSideRun = ({ scenario, rules, dataFolder }: SideRunRequest, signal: AbortSignal): SideRun => {
  const child = fork(fileURLToPath(sideRunMain), [scenario, rules, dataFolder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let marks = 0;
  let timings: Timings | null = null;
  let update = (_marks: number): void => {};
  child.on('message', (sent) => {
    const message = messageSchema.parse(sent);
    if ('timings' in message) timings = message.timings;
    else {
      marks = message.marks;
      update(marks);
    }
  });
  const end = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', end, { once: true });
  const ended = new Promise<Timings | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', () => resolve(timings));
  }).finally(() => signal.removeEventListener('abort', end));
  return {
    onMarks: (listener) => {
      update = listener;
      update(marks);
    },
    ended,
  };
};
