import type { Branded } from './brand.ts';

/** Milliseconds since 1970-01-01T00:00Z. Time is an input of the core, never read by it. */
export type EpochMs = Branded<number, 'EpochMs'>;
/** A length of time in milliseconds. */
export type DurationMs = Branded<number, 'DurationMs'>;

export const epochMs = (value: number): EpochMs => value as EpochMs;
export const durationMs = (value: number): DurationMs => value as DurationMs;

/** later − earlier, never below zero: a clock that is ahead makes nothing old. */
export const elapsedMs = (earlier: EpochMs, later: EpochMs): DurationMs => durationMs(later > earlier ? later - earlier : 0);

/** Start of the fixed interval that `at` falls in; intervals are counted from 1970-01-01T00:00Z. */
export const intervalStart = (at: EpochMs, interval: DurationMs): EpochMs => epochMs(at - (at % interval));
