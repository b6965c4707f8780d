/**
 * A process that runs `adl` many times, asked by messages: the command's own entry, evaluated anew for every run, with what it imports already loaded. A
 * page of fifty commands takes seconds this way, not a minute.
 */
import { pathToFileURL } from 'node:url';

/** One run: where, and the words after `adl`. */
export interface AdlRun {
  readonly folder: string;
  readonly words: readonly string[];
}

/** How it ended, each stream alone, and both as a terminal shows them. */
export interface AdlRan {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly text: string;
}

const ENTRY = pathToFileURL(`${process.cwd()}/cli/adl.ts`).href;

type Chunk = string | Uint8Array;

let runs = 0;

const runOnce = async ({ folder, words }: AdlRun): Promise<AdlRan> => {
  const said = { stdout: '', stderr: '', text: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (chunk: Chunk): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      said[name] += text;
      said.text += text;
      return true;
    };
  }
  process.chdir(folder);
  process.argv = [process.execPath, 'adl', ...words];
  process.exitCode = 0;
  runs += 1;
  await import(`${ENTRY}?run=${runs}`);
  // each evaluation listens to the streams again
  for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
  const code = Number(process.exitCode);
  process.exitCode = 0;
  return { code, ...said };
};

process.on('message', async (run: AdlRun) => process.send?.(await runOnce(run)));
