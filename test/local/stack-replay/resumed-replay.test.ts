import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '#local/replay/load-scenario.ts';
import { replayScenario } from '#local/replay/replay-scenario.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import { Interrupted } from '#local/stack-replay/interrupted.ts';
import { replayOnStack, type StackReplayRequest } from '#local/stack-replay/replay-on-stack.ts';
import { hasEmbeddedTables } from '../../support/embedded-tables.ts';
import { folderWith } from '../../support/folder.ts';
import { crashFiles } from '../../support/small-crash.ts';

const requestIn = (changes: Partial<StackReplayRequest>): StackReplayRequest => {
  const folder = folderWith(crashFiles());
  return {
    loaded: loadScenario(join(folder, 'scenario.json')),
    ruleSet: readRuleSet('house'),
    report: 'report.md',
    progress: () => {},
    dataFolder: join(folder, 'data'),
    signal: new AbortController().signal,
    say: () => {},
    ...changes,
  };
};

/** Ends the run as soon as a number of marks is done. */
const endedAfter = (marks: number) => {
  const ending = new AbortController();
  const progress = (done: number): void => (done >= marks ? ending.abort(new Interrupted('SIGINT')) : undefined);
  return { signal: ending.signal, progress };
};

const countsOf = (run: Awaited<ReturnType<typeof replayOnStack>>) => (run === null ? null : { ...run.document, timings: null });

describe.skipIf(!hasEmbeddedTables)('a replay on the stack that is ended again and again', () => {
  it('goes on each time where it stood, and counts as one that ran through', async () => {
    const request = requestIn({});
    for (const marks of [2, 8, 14]) await expect(replayOnStack({ ...request, ...endedAfter(marks) })).rejects.toThrow(Interrupted);
    const seen: number[] = [];
    const last = await replayOnStack({ ...request, progress: (done) => seen.push(done) });
    const inProcess = await replayScenario(request.loaded, request.ruleSet, request.report, () => {});
    expect(countsOf(last)).toEqual(countsOf(inProcess));
    expect(seen[0]).toBeGreaterThanOrEqual(14);
    const again = await replayOnStack(request);
    expect(countsOf(again)).toEqual(countsOf(inProcess));
    expect(again?.document.timings).toMatchObject({ marksPerSecond: 0, evaluationsPerSecond: 0 });
  });

  it('does not begin where another replay is', async () => {
    const request = requestIn({});
    await expect(replayOnStack({ ...request, ...endedAfter(2) })).rejects.toThrow(Interrupted);
    await expect(replayOnStack({ ...request, ruleSet: readRuleSet('house-guarded') })).rejects.toThrow(/holds a replay of `small-crash`/);
  });
});

describe('a machine without an emulator', () => {
  it('gets no replay on the stack', async () => {
    expect(await replayOnStack(requestIn({ binary: null }))).toBeNull();
  });
});
