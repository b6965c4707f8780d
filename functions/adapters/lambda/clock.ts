import { type EpochMs, epochMs } from '#core/units/time.ts';

/**
 * The time that decisions are taken at. SYSTEM: the time of the machine. OBSERVATION: the time of the marks, for replays, which then end the same however
 * long they take.
 */
export interface Clock {
  readonly kind: 'SYSTEM' | 'OBSERVATION';
  /** The time to judge something at that was observed at `observedAt`. */
  readonly at: (observedAt: EpochMs) => EpochMs;
  /** The time by which something is overdue; null where only marks move the time, and what waits has waited for no time at all. */
  readonly now: () => EpochMs | null;
}

export const clockOf = (kind: Clock['kind'], systemTime: () => number = Date.now): Clock =>
  kind === 'SYSTEM'
    ? { kind, at: () => epochMs(systemTime()), now: () => epochMs(systemTime()) }
    : { kind, at: (observedAt) => observedAt, now: () => null };

/** The time of the machine, for what no mark has a part in: when a law was activated, when a market was stopped. */
export const timeOfRun = (): EpochMs => epochMs(Date.now());
