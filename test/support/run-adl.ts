import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { askAdlHost, startAdlHost } from './ask-adl-host.ts';

/** How a command ended and all it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LAUNCHER = fileURLToPath(new URL('../../cli/adl.mjs', import.meta.url));

/** Compiled code is kept between the many short runs of a test file; it halves their time and changes nothing else. */
const ENVIRONMENT = { PATH: process.env.PATH, NODE_COMPILE_CACHE: join(tmpdir(), 'adl-compile-cache') };

const collected = (stream: ChildProcess['stdout']): (() => string) => {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
};

const ended = (child: ChildProcess): Promise<Ended> => {
  const stdout = collected(child.stdout);
  const stderr = collected(child.stderr);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
};

/** Runs `adl …` as a person does, in a folder, with nothing of the test's own environment but the path: in a process of its own. */
export const runAdlAlone = (folder: string, ...given: readonly string[]): Promise<Ended> =>
  ended(spawn(process.execPath, [LAUNCHER, ...given], { cwd: folder, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }));

let host: ChildProcess | null = null;
let last: Promise<unknown> = Promise.resolve();

/**
 * As `runAdlAlone`, in one process for all runs of a test file, one after the other: most of a short run is the start of a process. Not for what needs a
 * process of its own: servers, signals, pipes.
 */
export const runAdl = (folder: string, ...given: readonly string[]): Promise<Ended> => {
  host ??= startAdlHost(ENVIRONMENT);
  const asked = host;
  const run = last.then(async () => {
    const { code, stdout, stderr } = await askAdlHost(asked, folder, given);
    return { code, stdout, stderr };
  });
  last = run.catch(() => null);
  return run;
};

afterAll(() => {
  host?.kill();
  host = null;
});

/** Runs a line of shell in which `adl` stands for the command, for what only a shell does: pipes and redirections. */
export const runShell = (folder: string, line: string): Promise<Ended> => {
  const adl = `adl() { '${process.execPath}' '${LAUNCHER}' "$@"; }`;
  return ended(
    spawn('bash', ['-c', `${adl}; set -o pipefail; ${line}`], { cwd: folder, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
};

/** The lines of a text that ends with a line break. */
export const linesOf = (text: string): readonly string[] => text.split('\n').slice(0, -1);

/** The one document on stdout, with nothing before or after it. Throws when it is no JSON. */
export const documentOf = (run: Ended): unknown => {
  const [line, ...rest] = linesOf(run.stdout);
  if (line === undefined || rest.length > 0) throw new RangeError(`expected one line on stdout, got: ${run.stdout}${run.stderr}`);
  return JSON.parse(line);
};
