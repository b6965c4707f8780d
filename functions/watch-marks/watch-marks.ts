import type { Pool } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { decisionIdOf, type MarkDecision } from '#core/decision.ts';
import { present } from '#core/invariant.ts';
import { dequeue, enqueue, type Lane, markRung } from '#core/lane.ts';
import { acceptMark, afterVerdict, type MarkVerdict } from '#core/market/accept-mark.ts';
import { type MarketState, type MarkObservation, sameOpenInterest } from '#core/market/market-state.ts';
import type { EpochMs } from '#core/units/time.ts';
import { type Ring, type Wave, waveIdOf } from '#core/wave.ts';
import type { GatePort, LanePort, MarketPort, WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { lookAtSecurity, type SecurityPorts } from './look-at-security.ts';
import { openedGates } from './open-withdrawals.ts';

export interface WatchPorts extends MarketPort, SecurityPorts, GatePort, LanePort, WritePort {
  /**
   * Pools holding `marketId` that some accepted mark of `movedMarketIds` may endanger: a guard there is crossed, or they are due. A superset is harmless,
   * a missing pool would lose a breach. Sorted by `poolId`.
   */
  readonly loadEndangered: (marketId: string, movedMarketIds: readonly string[]) => Promise<readonly Pool[]>;
  /** Rings of a wave that are not evaluated yet, by `poolId`. */
  readonly loadRings: (waveId: string) => Promise<readonly Ring[]>;
  readonly hasRings: (waveId: string) => Promise<boolean>;
  readonly hasNominations: (waveId: string) => Promise<boolean>;
}

const isSame = (a: MarkObservation | undefined | null, b: MarkObservation): boolean =>
  a?.sequence === b.sequence && a.markPrice.eq(b.markPrice) && a.indexPrice.eq(b.indexPrice) && sameOpenInterest(a, b);

const isWorthRecording = (market: MarketState, verdict: MarkVerdict, observation: MarkObservation): boolean => {
  if (verdict.kind === 'ACCEPTED') return verdict.confirmedJump;
  // The same record once more is delivery, not something that the venue did.
  return verdict.kind === 'QUARANTINED' || !(isSame(market.accepted, observation) || isSame(market.pending?.observation, observation));
};

const markDecision = (
  ports: WatchPorts,
  waveId: string,
  market: MarketState,
  observation: MarkObservation,
  verdict: MarkVerdict,
  at: EpochMs,
): MarkDecision => ({
  kind: 'MARK',
  decisionId: decisionIdOf('MARK', observation.marketId, observation.sequence),
  at,
  waveId,
  ruleSet: ports.ruleSet.reference,
  observation,
  before: { accepted: market.accepted, pending: market.pending, sequenceSeen: market.sequenceSeen, average: market.average },
  verdict,
});

/** An accepted mark's wave gets in line in the transaction that accepts it. */
const laneWrites = async (ports: WatchPorts, wave: Wave): Promise<readonly Write[]> => {
  const lane = await ports.loadLane(wave.fundId);
  return [{ table: 'Lanes', item: nextVersion(enqueue(lane, wave), 'WATCH') }];
};

/**
 * Accepts or quarantines an observed mark. Returns the wave that an accepted one sets off, null otherwise.
 * A repeated observation is `IGNORED` by its sequence and changes nothing; while it is the market's mark it gives its wave again, so that a crash before
 * the ringing loses nobody.
 */
export const publishMark =
  (ports: WatchPorts) =>
  async (observation: MarkObservation, now: EpochMs): Promise<Wave | null> => {
    const { marketId, sequence } = observation;
    const fundId = ports.fundIdOf(marketId);
    const waveId = waveIdOf(fundId, marketId, sequence);
    let wave: Wave | null = null;
    await untilCommitted(waveId, async () => {
      const market = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
      const verdict = acceptMark(market, observation, ports.ruleSet.safeguards, now);
      const judged = afterVerdict(market, verdict, observation, ports.ruleSet.safeguards);
      const { market: after, record: told } =
        verdict.kind === 'ACCEPTED' ? await lookAtSecurity(ports, judged, observation, now) : { market: judged, record: () => [] };
      wave = isSame(after.accepted, observation) ? { waveId, fundId, marketId, sequence, at: now } : null;
      const record: readonly Write[] = isWorthRecording(market, verdict, observation)
        ? [{ table: 'Decisions', decision: markDecision(ports, waveId, market, observation, verdict, now) }]
        : [];
      if (verdict.kind !== 'IGNORED') {
        const queued = verdict.kind === 'ACCEPTED' && wave !== null ? await laneWrites(ports, wave) : [];
        const looked = told(waveId).map((decision): Write => ({ table: 'Decisions', decision }));
        const opened = verdict.kind === 'ACCEPTED' ? await openedGates(ports, market.terms.settlementAsset, now) : [];
        return ports.commit([{ table: 'Markets', item: nextVersion(after, 'WATCH') }, ...queued, ...record, ...looked, ...opened]);
      }
      // A conflict here means that the sequence has its record already.
      if (record.length > 0) await ports.commit(record);
      return 'COMMITTED';
    });
    return wave;
  };

const ringOf = (wave: Wave, pool: Pool): Ring => {
  const due = pool.guards.some((guard) => guard.kind === 'DUE');
  return { waveId: wave.waveId, poolId: pool.poolId, cause: due ? 'DUE' : 'GUARD_CROSSED' };
};

/** Rings put in one transaction, beside the market and the lane: a transaction holds 100 items. */
const RINGS_PER_COMMIT_MAX = 90;

const putRings = async (ports: WatchPorts, wave: Wave, rings: readonly Ring[]): Promise<void> => {
  for (let from = 0; from < rings.length; from += RINGS_PER_COMMIT_MAX) {
    await untilCommitted(wave.waveId, async () => {
      // In a transaction with the market: who comes after the wave was rung whole is refused, and rings nobody into a wave that may be over.
      const market = present(await ports.loadMarket(wave.marketId), `market ${wave.marketId} exists`);
      if (market.watchedSequence >= wave.sequence) return 'COMMITTED';
      const there = new Set((await ports.loadRings(wave.waveId)).map((ring) => ring.poolId));
      const missing = rings.slice(from, from + RINGS_PER_COMMIT_MAX).filter((ring) => !there.has(ring.poolId));
      // A pool that was evaluated before a crash is rung once more; its evaluation finds its decision and only takes the ring away.
      if (missing.length === 0) return 'COMMITTED';
      const puts = missing.map((item): Write => ({ table: 'Rings', action: 'PUT', item }));
      return ports.commit([{ table: 'Markets', item: nextVersion(market, 'WATCH') }, ...puts]);
    });
  }
};

/** The lane after a wave was rung: a wave that endangers nobody is done, and leaves at once. */
const laneAfterRinging = (lane: Lane, wave: Wave, isQuiet: boolean): readonly Write[] => {
  if (lane.waves[0]?.waveId !== wave.waveId) return [];
  const after = isQuiet ? dequeue(lane, wave.waveId) : markRung(lane, wave.waveId);
  return [{ table: 'Lanes', item: nextVersion(after, 'WATCH') }];
};

/** Whether nothing of the wave is left to do. After a crash its rings may be evaluated already: then their nominations wait. */
const isQuietWave = async (ports: WatchPorts, { waveId }: Wave): Promise<boolean> =>
  !(await ports.hasRings(waveId)) && !(await ports.hasNominations(waveId));

/**
 * Rings the pools that a wave has to look at. `movedMarketIds` are the markets whose marks were accepted at the wave's instant: a pool that another
 * market's mark endangers is looked at in the first wave of a market that it holds. Returns the rings that are left to evaluate, by `poolId`: repeated
 * after a crash it rings nobody twice. `watchedSequence` and the lane's stage come last: only then may the wave be opened. A wave that endangers nobody
 * leaves its lane in that commit.
 */
export const ringWave =
  (ports: WatchPorts) =>
  async (wave: Wave, movedMarketIds: readonly string[]): Promise<readonly Ring[]> => {
    const watched = present(await ports.loadMarket(wave.marketId), `market ${wave.marketId} exists`).watchedSequence;
    if (watched < wave.sequence) {
      const pools = await ports.loadEndangered(wave.marketId, movedMarketIds);
      await putRings(
        ports,
        wave,
        pools.map((pool) => ringOf(wave, pool)),
      );
      const isQuiet = pools.length === 0 && (await isQuietWave(ports, wave));
      await untilCommitted(wave.waveId, async () => {
        const market = present(await ports.loadMarket(wave.marketId), `market ${wave.marketId} exists`);
        const lane = await ports.loadLane(wave.fundId);
        if (market.watchedSequence >= wave.sequence) return 'COMMITTED';
        const watched: Write = { table: 'Markets', item: nextVersion({ ...market, watchedSequence: wave.sequence }, 'WATCH') };
        return ports.commit([watched, ...laneAfterRinging(lane, wave, isQuiet)]);
      });
      if (isQuiet) return [];
    }
    return ports.loadRings(wave.waveId);
  };
