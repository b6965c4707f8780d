import { invariant } from './invariant.ts';
import type { Wave } from './wave.ts';

/** A wave in line. QUEUED: its mark is accepted. RUNG: every pool that it has to look at has its ring. */
export interface LaneWave extends Wave {
  readonly stage: 'QUEUED' | 'RUNG';
}

/**
 * The waves of one fund domain, first in line first. One wave runs at a time, so that what the fund pays and who is deleveraged does not depend on timing.
 */
export interface Lane {
  readonly fundId: string;
  /** While an operator holds the lane, marks are accepted and queue up, and no further wave starts. */
  readonly held: boolean;
  readonly waves: readonly LaneWave[];
  readonly version: number;
  readonly lastWriter: string;
}

/** Waves that may wait in a lane: ten minutes of a mark a second in some markets. Beyond it marks are refused until the lane moves. */
export const LANE_WAVES_MAX = 1000;

export const emptyLane = (fundId: string): Lane => ({ fundId, held: false, waves: [], version: 0, lastWriter: 'WATCH' });

/** The lane with a wave at its end. Throws `InvariantViolation` when it is full: whoever published the mark tries again later. */
export const enqueue = (lane: Lane, wave: Wave): Lane => {
  invariant(lane.waves.length < LANE_WAVES_MAX, `lane ${lane.fundId} holds at most ${LANE_WAVES_MAX} waves`);
  return { ...lane, waves: [...lane.waves, { ...wave, stage: 'QUEUED' }] };
};

/** The lane with its first wave rung. Expects that wave to be first. */
export const markRung = (lane: Lane, waveId: string): Lane => {
  invariant(lane.waves[0]?.waveId === waveId, `wave ${waveId} is first in its lane`);
  return { ...lane, waves: lane.waves.map((wave, place) => (place === 0 ? { ...wave, stage: 'RUNG' } : wave)) };
};

/** The lane without its first wave, which is done. Expects that wave to be first. */
export const dequeue = (lane: Lane, waveId: string): Lane => {
  invariant(lane.waves[0]?.waveId === waveId, `wave ${waveId} is first in its lane`);
  return { ...lane, waves: lane.waves.slice(1) };
};

/** Markets whose marks were accepted at the instant of the lane's first wave and whose waves still wait. */
export const movedWith = (lane: Lane): readonly string[] => {
  const head = lane.waves[0];
  return head === undefined ? [] : lane.waves.filter((wave) => wave.at === head.at).map((wave) => wave.marketId);
};
