import { marketIdsOf, type Pool } from '#core/account/pool.ts';
import { invariant } from '#core/invariant.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { MarkObservation } from '#core/market/market-state.ts';
import { type EpochMs, epochMs } from '#core/units/time.ts';
import type { Ring, Wave } from '#core/wave.ts';
import type { WritePort } from '#functions/ports/store-ports.ts';
import { UnknownMarket } from '#functions/ports/unknown-market.ts';
import { DecodeError } from '../dynamodb/decode-error.ts';
import type { Engine } from './engine.ts';
import { type ObservationKey, type WavePoolKey, waveParts } from './key-shapes.ts';
import { PoisonRecord } from './poison-record.ts';

/** The fund, if it is one of the engine's. Throws `PoisonRecord` otherwise. */
export const knownFund = async (engine: Engine, fundId: string): Promise<string> => {
  if (!(await engine.knowsFund(fundId))) throw new PoisonRecord(`fund \`${fundId}\` is unknown`);
  return fundId;
};

/** The observation that a record tells of. Throws `PoisonRecord` for an unknown market, an observation that is gone and one that cannot be read. */
export const rungObservation = async (engine: Engine, { marketId, sequence }: ObservationKey): Promise<MarkObservation> => {
  if (!(await engine.knowsMarket(marketId))) throw new PoisonRecord(`market \`${marketId}\` is unknown`);
  try {
    const observation = await engine.loadObservation(marketId, sequence);
    if (observation === null) throw new PoisonRecord(`observation \`${marketId}#${sequence}\` is gone`);
    return observation;
  } catch (error) {
    // Nobody writes an observation again: what cannot be read now never can.
    throw error instanceof DecodeError ? new PoisonRecord(error.message) : error;
  }
};

/** Waves that an invocation has found. A wave never changes, and whether it still is in line its rings and cases tell. */
const found = new WeakMap<Engine, Map<string, Wave>>();

/** The wave in the lane of its fund; null when it has left. */
const waveInLine = async (engine: Engine, fundId: string, waveId: string): Promise<Wave | null> => {
  const known = found.get(engine) ?? new Map<string, Wave>();
  found.set(engine, known);
  const before = known.get(waveId);
  if (before !== undefined) return before;
  const lane = await engine.ports.loadLane(fundId);
  for (const wave of lane.waves) known.set(wave.waveId, wave);
  return known.get(waveId) ?? null;
};

type EvaluateRing = (ring: Ring, wave: Wave) => Promise<void>;

const removeRing = ({ commit }: WritePort, ring: Ring) => commit([{ table: 'Rings', action: 'REMOVE', item: ring }]);

/** A pool that cannot be read, or that holds a market which there is not. */
const isPoolDefect = (error: unknown): boolean =>
  error instanceof UnknownMarket || (error instanceof DecodeError && error.place.table === 'Pools');

/** Evaluates, and takes away the ring of a pool that cannot be judged: it must not hold up everyone else's wave. What was thrown is thrown all the same. */
export const withoutDefectiveRings =
  (ports: WritePort, evaluate: EvaluateRing): EvaluateRing =>
  async (ring, wave) => {
    try {
      await evaluate(ring, wave);
    } catch (error) {
      if (isPoolDefect(error)) await removeRing(ports, ring);
      throw error;
    }
  };

/** Has a rung pool evaluated in its wave. A ring whose wave has left was put by somebody who came too late: it is only taken away. */
export const inWaveOfRing = async (engine: Engine, key: WavePoolKey, evaluate: EvaluateRing): Promise<void> => {
  const fundId = await knownFund(engine, key.fundId);
  // What rang is written in the item; evaluating asks for its key only.
  const ring: Ring = { waveId: key.waveId, poolId: key.poolId, cause: 'DUE' };
  const wave = await waveInLine(engine, fundId, key.waveId);
  if (wave === null) await removeRing(engine.ports, ring);
  else await withoutDefectiveRings(engine.ports, evaluate)(ring, wave);
};

/** The case that a record tells of. Throws `PoisonRecord` when there is none: cases are never deleted. */
const rungCase = async (engine: Engine, caseId: string): Promise<LiquidationCase> => {
  const liquidation = await engine.ports.loadCase(caseId);
  if (liquidation === null) throw new PoisonRecord(`case \`${caseId}\` is unknown`);
  return liquidation;
};

const fundOfWave = (engine: Engine, waveId: string): Promise<string> => knownFund(engine, waveParts(waveId)?.fundId ?? waveId);

/** The fund whose lane the wave of a case stands in. */
export const fundOfCase = async (engine: Engine, caseId: string): Promise<string> =>
  fundOfWave(engine, (await rungCase(engine, caseId)).wave);

/** Has an ordered case settled in its wave; a case that has moved on rings nobody any more. Throws `InvariantViolation` when its wave has left before it. */
export const inWaveOfCase = async (
  engine: Engine,
  caseId: string,
  settle: (caseId: string, wave: Wave) => Promise<void>,
): Promise<void> => {
  const liquidation = await rungCase(engine, caseId);
  if (liquidation.state !== 'ORDERED') return;
  const wave = await waveInLine(engine, await fundOfWave(engine, liquidation.wave), liquidation.wave);
  if (wave !== null) return settle(caseId, wave);
  const again = await rungCase(engine, caseId);
  const isStuck = again.state === 'ORDERED' && again.wave === liquidation.wave;
  invariant(!isStuck, `the wave of case ${caseId} is in line while its orders run`);
};

/**
 * The time at which a pool gets its guards: that of the wave at work in its fund domain, else the clock's for the newest mark of its markets.
 * So a replay judges a pool that changed at the time of the marks.
 */
export const timeOfPool = async ({ ports, clock, fundIds }: Engine, pool: Pool): Promise<EpochMs> => {
  const marketIds = marketIdsOf(pool);
  const fundId = fundIds.get(marketIds[0] ?? '');
  const head = fundId === undefined ? undefined : (await ports.loadLane(fundId)).waves[0];
  if (head !== undefined) return head.at;
  const marks = await Promise.all(marketIds.map(async (marketId) => (await ports.loadMarket(marketId))?.accepted?.observedAt ?? 0));
  return clock.at(epochMs(Math.max(0, ...marks)));
};
