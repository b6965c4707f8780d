import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../reference/replay/replay.ts';
import { anyScenario } from './arbitrary-scenario.ts';
import { differencesOf } from './compare-replays.ts';
import { engineReplay } from './engine-replay.ts';

const SETTINGS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? '300'),
  seed: Number(process.env.PROPERTY_SEED ?? '20251010'),
};

describe('the whole replay and its exact twin', () => {
  it('ends as the twin ends, in every total, market, pool and position', async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async (scenario) => {
        const twin = replay(scenario);
        const engine = await engineReplay(scenario);
        expect(differencesOf(scenario, engine, twin)).toEqual([]);
      }),
      SETTINGS,
    );
  });
});
