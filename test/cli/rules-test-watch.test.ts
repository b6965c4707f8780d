import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { folderWith } from '../support/folder.ts';
import { edit } from '../support/rules-folder.ts';
import { FIRES, WRONG, withTests } from '../support/tested-rules.ts';

const LAUNCHER = fileURLToPath(new URL('../../cli/adl.mjs', import.meta.url));

const watching = (folder: string, ...given: readonly string[]) => {
  const child = spawn(process.execPath, [LAUNCHER, 'rules', 'test', '--watch', ...given], { cwd: folder, env: { PATH: process.env.PATH } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const times = (text: string): number => said.split(text).length - 1;
  const says = async (text: string, count: number): Promise<void> => {
    for (let tries = 0; tries < 750 && times(text) < count; tries += 1) await sleep(20);
    expect([times(text), said]).toEqual([count, said]);
  };
  return { child, says, times };
};

const WAITS = 'waiting for a change';

it('--watch runs again when a test or a rule is written, says what is wrong, and ends by the signal that asks', async () => {
  const folder = folderWith({});
  withTests(folder, 'mine', { 'one.json': FIRES });
  const { child, says, times } = watching(folder, 'mine', '--junit', 'mine/tests/junit.xml');
  // Its own report is written among the files that it watches: that is a change, once.
  await says(WAITS, 2);
  await says('mine: 1 test, 1 passed', 2);
  writeFileSync(join(folder, 'mine/tests/two.json'), JSON.stringify(WRONG));
  await says('FAILED mine/tests/two.json', 1);
  edit(join(folder, 'mine/margin.rules.json'), /"decimalLessThan"/g, '"decimalAtMost"');
  await says('mine: 2 tests, 2 passed', 1);
  edit(join(folder, 'mine/margin.rules.json'), '"decimalAtMost"', '"atMost"');
  await says('adl: mine/margin.rules.json:', 1);
  await sleep(500);
  const waits = times(WAITS);
  await sleep(1000);
  expect(times(WAITS)).toBe(waits);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
});
