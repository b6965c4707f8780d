import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const HOST = fileURLToPath(new URL('./adl-host.ts', import.meta.url));

const ran = z.object({ code: z.number(), stdout: z.string(), stderr: z.string(), text: z.string() });

/** How a command ended in the process that runs many: each stream alone, and both as a terminal shows them. */
export type RanInHost = z.infer<typeof ran>;

/** A process that runs `adl` again and again; whoever starts it kills it. */
export const startAdlHost = (environment: NodeJS.ProcessEnv): ChildProcess => fork(HOST, { execArgv: [], env: environment });

/** One run in the host. Rejects when the host ends instead of answering. Runs follow each other: wait for one before the next. */
export const askAdlHost = (host: ChildProcess, folder: string, words: readonly string[]): Promise<RanInHost> =>
  new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`the process that runs adl ended at \`adl ${words.join(' ')}\``));
    host.once('exit', fail);
    host.once('message', (said) => {
      host.off('exit', fail);
      resolve(ran.parse(said));
    });
    host.send({ folder, words });
  });
