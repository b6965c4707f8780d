import fc from 'fast-check';
import { expect } from 'vitest';
import { total } from '../reference/fraction.ts';
import { replay } from '../reference/replay/replay.ts';
import { AMOUNTS, COUNTS, QUANTITIES } from '../reference/replay/replay-totals.ts';
import type { ReplayScenario } from '../reference/replay/scenario.ts';
import { differencesOf } from './compare-replays.ts';
import { engineReplay } from './engine-replay.ts';

/** Whatever the scenario, the engine's replay and its twin's end alike in every total, market, fund, pool and position. */
export const expectAlike = async (
  scenarios: fc.Arbitrary<ReplayScenario>,
  parameters: { readonly numRuns: number; readonly seed: number },
): Promise<void> => {
  const endAlike = fc.asyncProperty(scenarios, async (scenario) => {
    const twin = replay(scenario);
    fc.pre(twin.state.dustTies === 0);
    expect(differencesOf(scenario, await engineReplay(scenario), twin)).toEqual([]);
  });
  await fc.assert(endAlike, parameters);
};

/** Sixty of the scenarios together reach every stage of the waterfall: no counter and no sum of theirs stays at zero. */
export const expectEveryStage = (scenarios: fc.Arbitrary<ReplayScenario>, seed: number): void => {
  const runs = fc.sample(scenarios, { numRuns: 60, seed }).map((scenario) => replay(scenario).totals);
  const reached = [
    ...COUNTS.map((name) => [name, runs.some((totals) => totals.totalCount(name) > 0)]),
    ...[...QUANTITIES, ...AMOUNTS].map((name) => [name, total(runs.map((totals) => totals.totalSum(name))).sign() !== 0]),
  ];
  expect(reached.filter(([, isReached]) => !isReached)).toEqual([]);
};
