import { type Fraction, fraction } from './fraction.ts';

/** Orders of counterparties that no score makes, and grades by count. */

const compareTexts = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

export interface ReferenceKey {
  readonly at: (index: number) => Fraction | string | null;
  readonly order: 'ASCENDING' | 'DESCENDING';
}

const compareValues = (a: Fraction | string | null, b: Fraction | string | null, sign: number): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const byText = typeof a === 'string' || typeof b === 'string';
  return sign * (byText ? compareTexts(String(a), String(b)) : a.comparedTo(b));
};

/** Indexes 0 … in the order of the keys; the ids decide last. Undefined values come last. */
export const lexicographic = (ids: readonly string[], keys: readonly ReferenceKey[]): readonly number[] =>
  ids
    .map((_, index) => index)
    .toSorted((a, b) => {
      const decided = keys.map(({ at, order }) => compareValues(at(a), at(b), order === 'ASCENDING' ? 1 : -1)).find((each) => each !== 0);
      return decided ?? compareTexts(ids[a] ?? '', ids[b] ?? '');
    });

/** FNV-1a of 64 bits by its definition, with a remainder in place of a width. */
export const fnv1a = (text: string): bigint =>
  Array.from(new TextEncoder().encode(text)).reduce(
    (hash, byte) => ((hash ^ BigInt(byte)) * 1099511628211n) % 2n ** 64n,
    14695981039346656037n,
  );

/** The ids in order, from number fnv1a(seed) mod n on, round to where it began. */
export const fromSeed = (ids: readonly string[], seed: string): readonly string[] => {
  const sorted = ids.toSorted(compareTexts);
  return sorted.map((_, step) => sorted[Number((fnv1a(seed) + BigInt(step)) % BigInt(sorted.length))] ?? '');
};

/** For n places, best first: i = n for the first … 1 for the last; the grade is how many thresholds i/n reaches. */
export const gradesByCount = (count: number, thresholds: readonly string[]): readonly number[] =>
  Array.from({ length: count }, (_, index) => {
    const k = fraction(String(count - index)).over(fraction(String(count)));
    return thresholds.filter((threshold) => !k.isBelow(fraction(threshold))).length;
  });

/** steps + 1 − ⌈steps · rank / n⌉ for rank 1 … n. */
export const quantilesByRank = (count: number, steps: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const quantile = fraction(String(steps * (index + 1))).over(fraction(String(count)));
    return fraction(String(steps + 1))
      .minus(quantile.ceil())
      .toDecimalString(0);
  });
