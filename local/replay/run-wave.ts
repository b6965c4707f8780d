import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { Wave } from '#core/wave.ts';
import { deleverageMarket } from '#functions/deleverage/deleverage.ts';
import { evaluateMargin, renewGuards } from '#functions/evaluate-margin/evaluate-margin.ts';
import { openWave } from '#functions/open-wave/open-wave.ts';
import { settleLiquidation } from '#functions/settle-liquidation/settle-liquidation.ts';
import { ringWave } from '#functions/watch-marks/watch-marks.ts';
import type { EnginePorts } from '../store/engine-ports.ts';
import type { MemoryStore } from '../store/memory-store.ts';
import type { ChangedPools } from './changed-pools.ts';
import type { SimulatedVenue } from './simulated-venue.ts';

export interface WaveMachine {
  readonly store: MemoryStore;
  readonly ports: EnginePorts;
  readonly venue: SimulatedVenue;
  readonly changed: ChangedPools;
}

const casesOf = (store: MemoryStore, waveId: string, state: LiquidationCase['state']): readonly LiquidationCase[] =>
  [...store.tables.Cases.values()]
    .filter((each) => each.wave === waveId && each.state === state)
    .sort((a, b) => a.waveRank - b.waveRank || byCodeUnits(a.caseId, b.caseId));

/** Markets and sides with residuals that wait in the wave: by market id, LONG before SHORT. */
const waitingMarkets = (store: MemoryStore, waveId: string): readonly (readonly [string, Side])[] => {
  const waiting = new Map<string, readonly [string, Side]>();
  for (const { legs } of casesOf(store, waveId, 'ADL_WAIT')) {
    for (const leg of legs.filter((each) => each.awaitsDeleveraging)) waiting.set(`${leg.marketId}#${leg.side}`, [leg.marketId, leg.side]);
  }
  return [...waiting].sort(([a], [b]) => byCodeUnits(a, b)).map(([, each]) => each);
};

/**
 * Runs one wave to its end, phase by phase: ring, evaluate all, open in order, let the venue end every order, settle, deleverage market by market,
 * then new guards for every pool that changed. Returns how many pools were evaluated.
 */
export const runWave = async (machine: WaveMachine, wave: Wave, movedMarketIds: readonly string[]): Promise<number> => {
  const { store, ports, venue, changed } = machine;
  const rings = await ringWave(ports)(wave, movedMarketIds);
  for (const ring of rings) await evaluateMargin(ports)(ring, wave);
  if (store.tables.Nominations.size > 0) {
    await openWave(ports)(wave);
    await venue.work(wave.waveId);
    for (const { caseId } of casesOf(store, wave.waveId, 'ORDERED')) await settleLiquidation(ports)(caseId, wave);
    for (const [marketId, side] of waitingMarkets(store, wave.waveId)) await deleverageMarket(ports)(wave, marketId, side);
  }
  for (const poolId of changed.take()) await renewGuards(ports)(poolId, wave.at);
  return rings.length;
};
