import { describe, expect, it } from 'vitest';
import { runReplay } from '#local/replay/run-replay.ts';
import { inOrderOfWaves } from '#local/stack-replay/decision-order.ts';
import { wavesOf } from '#local/stack-replay/run-instants.ts';
import { CRASH } from '../../handlers/crash.ts';
import { GUARDED, HOUSE } from '../../support/small-law.ts';
import { inputsOf } from '../../support/small-venue.ts';

describe('decisions read from the tables', () => {
  it.each([
    ['house', HOUSE],
    ['house-guarded', GUARDED],
  ] as const)('come in the order in which one process takes them, whatever order they were stored in, under %s', async (_name, law) => {
    const inputs = inputsOf(CRASH, law);
    const { tables } = await runReplay(inputs, () => {});
    const taken = [...tables.Decisions.values()].map((decision) => ({ decision, line: decision.decisionId }));
    const opened = [...tables.Decisions.values()].filter((each) => each.kind === 'OPENING' && each.deferral === null);
    const waveCases = opened.flatMap((each, waveRank) => (each.kind === 'OPENING' ? [{ ...each, waveRank }] : []));
    const stored = [...taken].sort((a, b) => (a.line < b.line ? 1 : -1));
    const waveIds = inputs.groups.map((group) => wavesOf(inputs, group));
    expect(inOrderOfWaves(stored, waveIds, waveCases).map(({ line }) => line)).toEqual(taken.map(({ line }) => line));
    expect(new Set(taken.map(({ decision }) => decision.kind)).size).toBeGreaterThan(4);
  });
});
