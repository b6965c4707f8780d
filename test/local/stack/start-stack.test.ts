import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#local/bad-input.ts';
import type { StackEvent } from '#local/stack/stack-event.ts';
import { startStack } from '#local/stack/start-stack.ts';
import { hasEmbeddedTables } from '../../support/embedded-tables.ts';
import { clientOf, copied, observe, runningStack, smallOptions, stackProcess, sweeps, until, upTo } from './small-stack.ts';

describe.skipIf(!hasEmbeddedTables)('the local stack', () => {
  it('rings a function for what is written, with the tables that the template gives it', async () => {
    const stack = await runningStack(smallOptions());
    const client = clientOf(stack.endpoint);
    expect(stack.tables).toEqual({
      TABLE_OBSERVATIONS: 'EngineObservations1',
      TABLE_RINGS: 'EngineRings2',
      TABLE_CONTROLS: 'EngineControls3',
    });
    for (const sequence of upTo(30)) await observe(client, sequence);
    await until(async () => (await copied(client)).length === 30);
    await stack.stop();
  });

  it('keeps a poison record where failures lie, and lets the others go on', async () => {
    const events: StackEvent[] = [];
    const stack = await runningStack({ ...smallOptions(), report: (event) => events.push(event) });
    const client = clientOf(stack.endpoint);
    for (const sequence of upTo(9)) await observe(client, sequence, sequence === 4 ? 'POISON' : '100');
    await until(async () => (await copied(client)).length === 8);
    await until(async () => events.some(({ kind }) => kind === 'RECORDS_DISCARDED'));
    expect(await copied(client)).toEqual([1, 2, 3, 5, 6, 7, 8, 9]);
    const folder = join(stack.failuresFolder, 'EngineMarks7');
    const [file, ...more] = readdirSync(folder);
    expect(more).toEqual([]);
    const kept = JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8'));
    expect(kept).toMatchObject({ requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } });
    expect(JSON.parse(kept.payload).Records[0].dynamodb.NewImage).toMatchObject({ sequence: { N: '4' }, markPrice: { S: 'POISON' } });
    await stack.stop();
  });

  it('does not deliver again after a restart what it was done with, and delivers what came in between', async () => {
    const options = smallOptions();
    const first = await runningStack(options);
    await observe(clientOf(first.endpoint), 1, 'POISON');
    await until(async () => (await readdirSync(options.dataFolder)).includes('failures'));
    await observe(clientOf(first.endpoint), 2);
    await until(async () => (await copied(clientOf(first.endpoint))).length === 1);
    await first.stop();
    const events: StackEvent[] = [];
    const second = await runningStack({ ...options, report: (event) => events.push(event) });
    await observe(clientOf(second.endpoint), 3);
    await until(async () => (await copied(clientOf(second.endpoint))).length === 2);
    expect(events).toEqual([]);
    await second.stop();
  });

  it('runs a schedule at the rate that is asked for, and a failing one again', async () => {
    const stack = await runningStack({ ...smallOptions(), sweepEveryMs: 20 });
    await until(async () => (await sweeps(clientOf(stack.endpoint))) >= 3);
    await stack.stop();
  });

  it('runs a schedule at the rate of the template otherwise', async () => {
    const stack = await runningStack(smallOptions());
    await sleep(300);
    expect(await sweeps(clientOf(stack.endpoint))).toBe(0);
    await stack.invoke('sweep', {});
    expect(await sweeps(clientOf(stack.endpoint))).toBe(1);
    await stack.stop();
  });

  it('loses nothing when it is killed again and again in the middle of its work', async () => {
    const options = smallOptions();
    for (const [round, afterMs] of [0, 3, 11, 29, 61].entries()) {
      const { child, endpoint } = await stackProcess(options);
      const client = clientOf(endpoint);
      for (const nth of upTo(20)) await observe(client, round * 20 + nth);
      await sleep(afterMs);
      child.kill('SIGKILL');
      client.destroy();
    }
    const stack = await runningStack(options);
    await until(async () => (await copied(clientOf(stack.endpoint))).length === 100);
    expect(await copied(clientOf(stack.endpoint))).toEqual(upTo(100));
    await stack.stop();
  });

  it('ends by itself with code 0 when SIGTERM or Ctrl-C asks it to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const { child } = await stackProcess(smallOptions());
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    }
  });

  it('refuses a folder that another stack works in, and leaves that one running', async () => {
    const options = smallOptions();
    const { child, endpoint } = await stackProcess(options);
    await expect(startStack(options)).rejects.toThrow(BadInput);
    await observe(clientOf(endpoint), 1);
    await until(async () => (await copied(clientOf(endpoint))).length === 1);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  it('says when its database ends under it', async () => {
    const options = smallOptions();
    const stack = await runningStack(options);
    process.kill(Number(readFileSync(join(options.dataFolder, 'emulator.pid'), 'utf8')), 'SIGTERM');
    expect(await stack.broken).toBe('the embedded database ended');
    await stack.stop();
  });

  it('gives the environment back as it found it, also when it cannot start', async () => {
    const before = { ...process.env };
    const stack = await runningStack(smallOptions());
    expect(process.env.AWS_ENDPOINT_URL_DYNAMODB).toBe(stack.endpoint);
    await Promise.all([stack.stop(), stack.stop()]);
    expect({ ...process.env }).toEqual(before);
    await expect(startStack({ ...smallOptions(), functionsFolder: '/nowhere' })).rejects.toThrow();
    expect({ ...process.env }).toEqual(before);
  });
});

describe('a machine without an emulator', () => {
  it('gets no stack, and its folder is free again', async () => {
    const options = { ...smallOptions(), binary: null };
    expect(await startStack(options)).toBeNull();
    expect(await startStack(options)).toBeNull();
  });
});
