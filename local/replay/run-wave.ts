import { movedWith } from '#core/lane.ts';
import type { Wave } from '#core/wave.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { finishWave } from '#functions/deleverage/finish-wave.ts';
import { evaluateMargin, renewGuards } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openLane } from '#functions/open-wave/open-lane.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { ChangedPools } from './changed-pools.ts';
import type { SimulatedVenue } from './simulated-venue.ts';

export interface WaveMachine {
  readonly store: MemoryStore;
  readonly ports: EnginePorts;
  readonly venue: SimulatedVenue;
  readonly changed: ChangedPools;
}

/** Settles, in opening order, the cases of a wave whose orders have all ended; those that got none wait for nobody. */
const settleEnded = async ({ ports }: WaveMachine, wave: Wave): Promise<void> => {
  for (const { caseId, state } of await ports.loadWaveCases(wave.waveId))
    if (state === 'ORDERED') await settleLiquidation(ports)(caseId, wave);
};

/**
 * Runs the first wave of its lane to its end, phase by phase: ring, evaluate all, open in order, settle what got no order, let the venue end every order,
 * settle the rest, deleverage market by market, then new guards for every pool that changed. Returns how many pools were evaluated.
 */
export const runWave = async (machine: WaveMachine, wave: Wave): Promise<number> => {
  const { ports, venue, changed } = machine;
  const rings = await ringWave(ports)(wave, movedWith(await ports.loadLane(wave.fundId)));
  for (const ring of rings) await evaluateMargin(ports)(ring, wave);
  await openLane(ports)(wave.fundId);
  await settleEnded(machine, wave);
  await venue.work(wave.waveId);
  await settleEnded(machine, wave);
  await finishWave(ports)(wave.fundId);
  for (const poolId of changed.take()) await renewGuards(ports)(poolId, async () => wave.at);
  return rings.length;
};
