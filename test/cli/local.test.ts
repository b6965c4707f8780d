import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasEmbeddedTables } from '../support/embedded-tables.ts';
import { folderWith } from '../support/folder.ts';
import { runAdlAlone } from '../support/run-adl.ts';

const LAUNCHER = fileURLToPath(new URL('../../cli/adl.mjs', import.meta.url));

interface Server {
  readonly child: ChildProcess;
  readonly words: string;
  readonly said: () => string;
}

const started = async (folder: string, ...given: readonly string[]): Promise<Server> => {
  const child = spawn(process.execPath, [LAUNCHER, 'local', ...given], { cwd: folder, env: { PATH: process.env.PATH } });
  let [words, said] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  for (let tries = 0; tries < 1000 && !words.includes('Ctrl-C ends it'); tries += 1) await sleep(20);
  return { child, words, said: () => said };
};

const ended = async ({ child }: Server, signal: NodeJS.Signals): Promise<unknown> => {
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
};

/** The request that the server shows, at another price; fails when the server does not take it. */
const mark = async (words: string, price: string): Promise<void> => {
  const [, body = ''] = /-d '(.*)'/.exec(words) ?? [];
  const [, endpoint = ''] = /^endpoint: (.*)$/m.exec(words) ?? [];
  const headers = Object.fromEntries([...words.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]));
  const observation = JSON.parse(body);
  observation.Item.markPrice.N = price;
  observation.Item.indexPrice.N = price;
  const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(observation) });
  expect(answer.status, await answer.text()).toBe(200);
};

const says = async (server: Server, text: string): Promise<void> => {
  for (let tries = 0; tries < 500 && !server.said().includes(text); tries += 1) await sleep(20);
  expect(server.said()).toContain(text);
};

describe.skipIf(!hasEmbeddedTables)('adl local', () => {
  it('serves the example, liquidates at a mark that is written as it shows, and goes on after an end', async () => {
    const folder = folderWith({});
    const first = await started(folder, '--data', 'books');
    expect(first.words).toContain('"markPrice":{"N":"95980"}');
    expect(first.words).toContain('under house@1.0.0');
    await mark(first.words, '95300');
    await says(first, 'usdt#BTC-USDT#1: 1 cases, 1 orders ended');
    expect(await ended(first, 'SIGINT')).toBe(0);
    const second = await started(folder, '--data', 'books');
    expect(second.words).toContain('"sequence":{"N":"2"}');
    expect(second.words).toContain('"markPrice":{"N":"95300"}');
    expect(await ended(second, 'SIGTERM')).toBe(0);
    const other = await runAdlAlone(folder, 'local', '--data', 'books', '--rules', 'house-guarded');
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toContain('holds a server with');
  });

  it('refuses a port that is none, in one line', async () => {
    const run = await runAdlAlone(folderWith({}), 'local', '--port', '70000');
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.split('\n')).toHaveLength(2);
  });
});
