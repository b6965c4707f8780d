import type { Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { decisionIdOf, type MarkDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { acceptMark, type MarkVerdict } from '#core/market/accept-mark.ts';
import type { MarketState, MarkObservation } from '#core/market/market-state.ts';
import type { EpochMs } from '#core/units/time.ts';
import { type Ring, type Wave, waveIdOf } from '#core/wave.ts';
import type { LawPort, MarketPort, WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';

export interface WatchPorts extends MarketPort, LawPort, WritePort {
  readonly fundIdOf: (marketId: string) => string;
  /**
   * Pools holding `marketId` that some accepted mark of `movedMarketIds` may endanger: a guard there is crossed, or they are due. A superset is harmless,
   * a missing pool would lose a breach. Sorted by `poolId`.
   */
  readonly loadEndangered: (marketId: string, movedMarketIds: readonly string[]) => Promise<readonly Pool[]>;
}

const marketAfter = (market: MarketState, verdict: MarkVerdict, observation: MarkObservation): MarketState => {
  switch (verdict.kind) {
    case 'ACCEPTED':
      return { ...market, accepted: verdict.mark, pending: null, sequenceSeen: observation.sequence };
    case 'QUARANTINED':
      return { ...market, pending: verdict.pending, sequenceSeen: observation.sequence };
    case 'IGNORED':
      return market;
  }
};

const isWorthRecording = (verdict: MarkVerdict): boolean => verdict.kind !== 'ACCEPTED' || verdict.confirmedJump;

/**
 * Accepts or quarantines an observed mark. Returns the wave that an accepted one sets off, null otherwise.
 * A repeated observation is `IGNORED` by its sequence and changes nothing.
 */
export const publishMark =
  (ports: WatchPorts) =>
  async (observation: MarkObservation, now: EpochMs): Promise<Wave | null> => {
    const fundId = ports.fundIdOf(observation.marketId);
    const waveId = waveIdOf(fundId, observation.marketId, observation.sequence);
    let wave: Wave | null = null;
    await untilCommitted(waveId, async () => {
      const market = present(await ports.loadMarket(observation.marketId), `market ${observation.marketId} exists`);
      const verdict = acceptMark(market, observation, ports.ruleSet.safeguards, now);
      const decision: MarkDecision = {
        kind: 'MARK',
        decisionId: decisionIdOf('MARK', observation.marketId, observation.sequence),
        at: now,
        waveId,
        ruleSet: ports.ruleSet.reference,
        observation,
        verdict,
      };
      const writes: Write[] = [];
      if (verdict.kind !== 'IGNORED')
        writes.push({ table: 'Markets', item: nextVersion(marketAfter(market, verdict, observation), 'WATCH') });
      if (isWorthRecording(verdict)) writes.push({ table: 'Decisions', decision });
      const { marketId, sequence } = observation;
      wave = verdict.kind === 'ACCEPTED' ? { waveId, fundId, marketId, sequence, at: now } : null;
      return ports.commit(writes);
    });
    return wave;
  };

/**
 * Rings the pools that a wave has to look at. `movedMarketIds` are the markets whose marks were accepted at the wave's instant: a pool that another
 * market's mark endangers is looked at in the first wave of a market that it holds. Returns the rings, by `poolId`.
 */
export const ringWave =
  (ports: WatchPorts) =>
  async (wave: Wave, movedMarketIds: readonly string[]): Promise<readonly Ring[]> => {
    const pools = await ports.loadEndangered(wave.marketId, movedMarketIds);
    const rings = pools.map((pool): Ring => {
      const due = pool.guards.some((guard) => guard.kind === 'DUE');
      return { waveId: wave.waveId, poolId: pool.poolId, cause: due ? 'DUE' : 'GUARD_CROSSED' };
    });
    await untilCommitted(wave.waveId, async () => {
      const market = present(await ports.loadMarket(wave.marketId), `market ${wave.marketId} exists`);
      const watched: Write = { table: 'Markets', item: nextVersion({ ...market, watchedSequence: wave.sequence }, 'WATCH') };
      return ports.commit([...rings.map((item): Write => ({ table: 'Rings', action: 'PUT', item })), watched]);
    });
    return rings;
  };
