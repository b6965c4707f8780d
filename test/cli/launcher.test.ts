import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const LAUNCHER = fileURLToPath(new URL('../../cli/adl.mjs', import.meta.url));

/** A command that prints its arguments and waits when told to. */
const COMMAND = `
const given: readonly string[] = process.argv.slice(2);
console.log(given.join(' '));
if (given[0] === 'wait') setTimeout(() => {}, 60_000);
else process.exitCode = Number(given[0]);
`;

/** What makes a Node refuse TypeScript, as one older than 22.18 does; the Node that it starts is told nothing. */
const OLD_NODE = ['--no-strip-types'];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launcher-'));
  mkdirSync(join(root, 'cli'));
  cpSync(LAUNCHER, join(root, 'cli', 'adl.mjs'));
  writeFileSync(join(root, 'cli', 'adl.ts'), COMMAND);
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{}');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const pinNode = () => symlinkSync(process.execPath, join(root, 'node_modules', '.bin', 'node'));

const start = (nodeArguments: readonly string[], ...given: string[]) =>
  spawn(process.execPath, [...nodeArguments, join(root, 'cli', 'adl.mjs'), ...given], { stdio: ['ignore', 'pipe', 'pipe'] });

const ended = (child: ChildProcess) =>
  new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>((resolve) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });

describe('the launcher', () => {
  it('runs the command with its arguments and ends with its code', async () => {
    expect(await ended(start([], '3', 'b c'))).toEqual({ code: 3, signal: null, stdout: '3 b c\n', stderr: '' });
  });

  it('runs it on the pinned Node when its own cannot', async () => {
    pinNode();
    expect(await ended(start(OLD_NODE, '3', 'b c'))).toEqual({ code: 3, signal: null, stdout: '3 b c\n', stderr: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('passes %s on to the pinned Node and ends by it', async (signal) => {
    pinNode();
    const child = start(OLD_NODE, 'wait');
    child.stdout.once('data', () => child.kill(signal));
    expect((await ended(child)).signal).toBe(signal);
  });

  it('names the Node it needs when there is none', async () => {
    const { code, stdout, stderr } = await ended(start(OLD_NODE, '0'));
    expect([code, stdout, stderr]).toEqual([2, '', `adl: Node ≥ 22.18 is needed; this is \`${process.version}\`\n`]);
  });

  it('asks for an install when there was none', async () => {
    rmSync(join(root, 'node_modules'), { recursive: true });
    const { code, stdout, stderr } = await ended(start([], '0'));
    expect([code, stdout, stderr]).toEqual([2, '', 'adl: dependencies are not installed: run `npm ci` in the project folder first\n']);
  });
});
