import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/install.mjs', import.meta.url));

/** Stands for npm: leaves a mark per run, prints to both streams, makes node_modules as `npm ci` does and ends with the code it is told. */
const NPM = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require('node:fs');
appendFileSync('runs.txt', process.argv.slice(2).join(' ') + '\\n');
console.log('npm says');
rmSync('node_modules', { recursive: true, force: true });
setTimeout(() => {
  mkdirSync('node_modules/a', { recursive: true });
  writeFileSync('node_modules/.package-lock.json', '{}');
  process.exit(Number(process.env.NPM_STUB_CODE ?? 0));
}, 300);
`;

const lockFile = (version: string) =>
  JSON.stringify({
    packages: { '': {}, 'node_modules/a': { version, integrity: `sha512-${version}` }, 'node_modules/b': { optional: true } },
  });

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(root, 'scripts'));
  cpSync(SCRIPT, join(root, 'scripts', 'install.mjs'));
  writeFileSync(join(root, 'package-lock.json'), lockFile('1.0.0'));
  writeFileSync(join(root, 'npm-cli.js'), NPM);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const install = (environment: Record<string, string> = {}) =>
  new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'install.mjs')], {
      env: { ...process.env, npm_execpath: join(root, 'npm-cli.js'), ...environment },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

const npmRuns = (): readonly string[] =>
  existsSync(join(root, 'runs.txt')) ? readFileSync(join(root, 'runs.txt'), 'utf8').trim().split('\n') : [];

const holdLock = (holder: string, ageMs: number): void => {
  const lock = join(root, '.adl', 'install.lock');
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, holder), '');
  const then = new Date(Date.now() - ageMs);
  utimesSync(join(lock, holder), then, then);
};

describe('the install hook', () => {
  it('installs once from the lock file, keeps stdout clean and leaves no lock', async () => {
    const { code, stdout, stderr } = await install();
    expect(code).toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('npm says');
    expect(npmRuns()).toEqual(['ci --no-audit --no-fund --loglevel=error --ignore-scripts --include=dev --include=optional']);
    expect(readdirSync(join(root, '.adl'))).toEqual([]);
  });

  it('does nothing, silently, when what the lock file names is installed', async () => {
    await install();
    expect(await install()).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(npmRuns()).toHaveLength(1);
  });

  it('installs again when the lock file changed', async () => {
    await install();
    writeFileSync(join(root, 'package-lock.json'), lockFile('1.0.1'));
    await install();
    expect(npmRuns()).toHaveLength(2);
  });

  it('installs again when node_modules was removed', async () => {
    await install();
    rmSync(join(root, 'node_modules'), { recursive: true });
    await install();
    expect(npmRuns()).toHaveLength(2);
  });

  it.each([
    ['takes what `npm ci` installed by hand for installed', '1.0.0', 0],
    ['does not take another version for installed', '0.9.0', 1],
  ])('%s', async (_claim, version, runs) => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    const record = { packages: { 'node_modules/a': { version, integrity: `sha512-${version}` } } };
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(record));
    expect((await install()).code).toBe(0);
    expect(npmRuns()).toHaveLength(runs);
  });

  it("ends with npm's exit code and one line of its own, and tries again the next time", async () => {
    const { code, stderr } = await install({ NPM_STUB_CODE: '7' });
    expect(code).toBe(7);
    expect(stderr.split('\n').filter((line) => line.startsWith('install failed'))).toEqual([
      'install failed: `npm ci` ended with code 7; mend what it reports above and run the command again',
    ]);
    await install();
    expect(npmRuns()).toHaveLength(2);
  });

  it('runs npm once when several start together', async () => {
    const ended = await Promise.all([install(), install(), install()]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(npmRuns()).toHaveLength(1);
  });

  it.each([
    ['whose process is gone', `999999999-1@${hostname()}`, 0],
    ['that gave no sign for a minute', `${process.pid}-1@elsewhere`, 61_000],
  ])('takes over a lock %s', async (_claim, holder, ageMs) => {
    holdLock(holder, ageMs);
    const ended = await Promise.all([install(), install()]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(npmRuns()).toHaveLength(1);
  });

  it('waits for a lock whose holder is alive', async () => {
    holdLock(`${process.pid}-1@${hostname()}`, 0);
    const waiting = install();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(npmRuns()).toHaveLength(0);
    rmSync(join(root, '.adl', 'install.lock'), { recursive: true });
    expect((await waiting).stderr).toContain('another install is running; waiting for it\n');
    expect(npmRuns()).toHaveLength(1);
  });
});
