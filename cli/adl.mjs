#!/usr/bin/env node
// `npx adl …`: starts ./adl.ts on a Node that runs TypeScript. Plain JavaScript, since the Node that reads this file may be as old as 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');
const pinnedNode = join(modules, '.bin', 'node');

const refuse = (line) => {
  process.stderr.write(`adl: ${line}\n`);
  process.exitCode = 2;
};

/** Runs the same command on the pinned Node and ends as it ends: same code, or the same signal. */
const runOnPinnedNode = () => {
  const child = spawn(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends its interrupt to both processes; passing it on would make two of one.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => refuse(`could not start \`${pinnedNode}\`: ${error.message}`));
  child.on('close', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
    } else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
};

// npm writes this record last, so that it is missing while an install is still under way.
if (!existsSync(join(modules, '.package-lock.json'))) refuse('dependencies are not installed: run `npm ci` in the project folder first');
else if (process.features.typescript) await import('./adl.ts');
else if (existsSync(pinnedNode)) runOnPinnedNode();
else refuse(`Node ≥ 22.18 is needed; this is \`${process.version}\``);
