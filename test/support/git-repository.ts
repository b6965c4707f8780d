import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a command ended and all it said, both streams in one. */
export interface Said {
  readonly code: number | null;
  readonly text: string;
}

/** Nothing of the person who runs the tests: no settings of git, no language of messages; the Node of the tests first on the path. */
const ENVIRONMENT = {
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
  NODE_COMPILE_CACHE: join(tmpdir(), 'adl-compile-cache'),
};

/** Runs lines of bash in a folder as a CI system does: the first command that fails ends them. */
export const runBash = (folder: string, script: string, environment: Readonly<Record<string, string>> = {}): Promise<Said> => {
  const env = { ...ENVIRONMENT, ...environment };
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text: Buffer.concat(chunks).toString('utf8') }));
  });
};

/** Makes a folder a repository of git with all its files in a first commit. */
export const makeRepository = (folder: string): Promise<Said> =>
  runBash(folder, 'git init -q -b main && git add -A && git commit -q -m first');
