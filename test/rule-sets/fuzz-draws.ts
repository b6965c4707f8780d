import { present } from '#core/invariant.ts';
import type { RandomSource } from '#local/book-generator/random-source.ts';

/** A whole number of 0 … count − 1. */
export const below = (random: RandomSource, count: number): number => Math.floor(random.fraction() * count);

/** One of `values`, of which there has to be one. */
export const pick = <Value>(random: RandomSource, values: readonly Value[]): Value =>
  present(values[below(random, values.length)], 'a list to draw from is not empty');
