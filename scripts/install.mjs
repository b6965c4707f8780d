// Runs before `npm start`, `npm test` and `npm run check`, on any Node from 20 on, before anything is installed: plain JavaScript, no dependency.
// Installs what package-lock.json names unless node_modules already holds exactly that, then leaves a stamp so that the next run costs nothing.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { constants, hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.adl-installed');
const pinnedNode = join(modules, '.bin', 'node');
const lockFolder = join(root, '.adl', 'install.lock');
const windows = process.platform === 'win32';

const HEARTBEAT_MS = 1_000;
/** A lock whose holder gave no sign for this long is taken over, whatever its process id says: ids are reused. */
const STALE_AFTER_MS = 60_000;
const POLL_MS = 200;

// Dependencies bring no install scripts that are needed, so none is run; developer and platform packages are wanted whatever the user's npmrc says.
const CI_ARGUMENTS = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts', '--include=dev', '--include=optional'];

const say = (line) => process.stderr.write(`${line}\n`);

const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
const wanted = createHash('sha256').update(lockText).digest('hex');

const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === wanted;

/** Whether npm's own record says that node_modules holds what the lock file names: someone ran `npm ci` by hand. npm writes it last. */
const isInstalledByHand = () => {
  try {
    const there = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
    const named = JSON.parse(lockText).packages;
    const same = (path) =>
      named[path]?.version === there[path].version && named[path]?.integrity === there[path].integrity && existsSync(join(root, path));
    const complete = Object.keys(named).every((path) => path === '' || path in there || named[path].optional === true);
    return complete && Object.keys(there).every(same);
  } catch {
    return false;
  }
};

const markInstalled = () => {
  // On a system whose C library the pinned binary was not built for it would shadow a Node that works.
  if (existsSync(pinnedNode) && spawnSync(pinnedNode, ['--version']).status !== 0) rmSync(pinnedNode, { force: true });
  writeFileSync(stamp, `${wanted}\n`);
};

/** Takes the lock, or answers false. A folder that already names its holder is moved into place: there is no moment without a holder. */
const tryLock = (holder) => {
  const prepared = `${lockFolder}.${holder}`;
  mkdirSync(prepared, { recursive: true });
  writeFileSync(join(prepared, holder), '');
  try {
    renameSync(prepared, lockFolder);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
};

const isAlive = (holder) => {
  const [processId, host] = holder.split('@');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(processId.split('-')[0]), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Removing the named holder succeeds for one process only, so that two waiters never both take over. False when someone else was faster. */
const removeLock = (holder) => {
  try {
    if (holder !== undefined) rmSync(join(lockFolder, holder));
    rmdirSync(lockFolder);
    return true;
  } catch {
    return false;
  }
};

/** True when the lock is gone, so that it may be tried again at once. */
const removeStaleLock = () => {
  try {
    const holder = readdirSync(lockFolder)[0];
    const stale = holder === undefined || !isAlive(holder) || Date.now() - statSync(join(lockFolder, holder)).mtimeMs > STALE_AFTER_MS;
    return stale && removeLock(holder);
  } catch {
    return true;
  }
};

const runNpm = () => {
  const npmScript = process.env.npm_execpath ?? '';
  const byPath = basename(npmScript) === 'npm-cli.js';
  const [command, before] = byPath ? [process.execPath, [npmScript]] : ['npm', []];
  const child = spawn(command, [...before, ...CI_ARGUMENTS], { cwd: root, stdio: ['ignore', 2, 2], shell: windows && !byPath });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      say(`install failed: npm could not be started: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
};

const beat = (holder) => {
  try {
    utimesSync(join(lockFolder, holder), new Date(), new Date());
  } catch {
    // taken over while this process was suspended: nothing to keep alive
  }
};

const installHolding = async (holder) => {
  if (isInstalled()) return 0;
  if (isInstalledByHand()) {
    markInstalled();
    return 0;
  }
  const heartbeat = setInterval(() => beat(holder), HEARTBEAT_MS);
  try {
    say('installing dependencies (npm ci); this happens once');
    const code = await runNpm();
    if (code === 0) markInstalled();
    else say(`install failed: \`npm ci\` ended with code ${code}; mend what it reports above and run the command again`);
    return code;
  } finally {
    clearInterval(heartbeat);
  }
};

const install = async () => {
  const holder = `${process.pid}-${process.hrtime.bigint()}@${hostname()}`;
  let told = false;
  while (!tryLock(holder)) {
    if (removeStaleLock()) continue;
    if (!told) say('another install is running; waiting for it');
    told = true;
    await sleep(POLL_MS);
  }
  try {
    return await installHolding(holder);
  } finally {
    removeLock(holder);
  }
};

const nodeIsTooOld = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return !existsSync(pinnedNode) && (major < 22 || (major === 22 && minor < 18));
};

const installOrExplain = () =>
  install().catch((error) => {
    say(`install failed: ${error.message}`);
    return 1;
  });

process.exitCode = isInstalled() ? 0 : await installOrExplain();
if (process.exitCode === 0 && nodeIsTooOld()) {
  say(`Node ≥ 22.18 is needed on this platform, which the pinned binary does not cover; this is \`${process.version}\``);
  process.exitCode = 1;
}
