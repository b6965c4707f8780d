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

/**
 * Runs one wave to its end, phase by phase: ring, evaluate all, open in order, let the venue end every order, settle, deleverage market by market,
 * then new guards for every pool that changed. Returns how many pools were evaluated.
 */
export const runWave = async (machine: WaveMachine, wave: Wave, movedMarketIds: readonly string[]): Promise<number> => {
  const { ports, venue, changed } = machine;
  const rings = await ringWave(ports)(wave, movedMarketIds);
  for (const ring of rings) await evaluateMargin(ports)(ring, wave);
  await openLane(ports)(wave.fundId);
  const cases = await ports.loadWaveCases(wave.waveId);
  if (cases.length > 0) await venue.work(wave.waveId);
  for (const { caseId, state } of await ports.loadWaveCases(wave.waveId))
    if (state === 'ORDERED') await settleLiquidation(ports)(caseId, wave);
  await finishWave(ports)(wave.fundId);
  for (const poolId of changed.take()) await renewGuards(ports)(poolId, wave.at);
  return rings.length;
};
