import { randomSource } from '#local/book-generator/random-source.ts';
import type { Stroke } from './killed-process.ts';

/** When a replay is killed: so long after so many of its marks are done, −1 being its beginning. */
export interface Moment {
  readonly marks: number;
  readonly delayMs: number;
}

/** One replay that is killed once or more, as parts of the time that it takes when nobody disturbs it. */
export interface KillPlan {
  readonly parts: readonly number[];
  readonly stroke: Stroke;
}

/** Every third replay is killed again on its way. */
const TWICE_EVERY = 3;

const strokeOf = (nth: number): Stroke => (nth % 2 === 0 ? 'EVERYTHING' : 'REPLAY');

/** One moment in each of `count` equal slices of the time, so that some fall where the tables are filled and some when all marks are done. */
const momentsOf = (count: number, seed: string): readonly number[] => [...randomSource(seed).strata(count)].sort((a, b) => a - b);

/** Plans `count` replays, each killed within a slice of its own. The same seed gives the same plans. */
export const killPlans = (count: number, seed: string): readonly KillPlan[] => {
  const { fraction } = randomSource(`${seed} again`);
  return momentsOf(count, seed).map((part, nth) => ({
    parts: nth % TWICE_EVERY === 1 ? [part, part + fraction() * (1 - part)] : [part],
    stroke: strokeOf(nth),
  }));
};

/** Plans `count` kills, a few in each replay, dealt so that every replay is killed all over its way. */
export const dealtKillPlans = (count: number, seed: string, killsPerReplay: number): readonly KillPlan[] => {
  const moments = momentsOf(count, seed);
  const replays = Math.ceil(count / killsPerReplay);
  return Array.from({ length: replays }, (_, nth) => ({
    parts: moments.filter((_part, place) => place % replays === nth),
    stroke: strokeOf(nth),
  }));
};

/** When how many marks were done, from the beginning to the end of an undisturbed replay. */
export interface Timeline {
  readonly marks: readonly { readonly marks: number; readonly atMs: number }[];
  readonly endMs: number;
}

/** The moment at a part of the time. Counted from what was done, so that a machine that is slower today is killed at the same place. */
export const momentAt = ({ marks, endMs }: Timeline, part: number): Moment => {
  const begunMs = marks[0]?.atMs ?? 0;
  const atMs = begunMs + part * (endMs - begunMs);
  const before = marks.findLast((each) => each.atMs <= atMs) ?? { marks: -1, atMs: begunMs };
  return { marks: before.marks, delayMs: Math.max(0, atMs - before.atMs) };
};
