import { type Decimal, ONE, sum, ZERO } from '../units/decimal.ts';
import type { Ratio } from '../units/money.ts';

/**
 * The trader-visible place in the queue: steps + 1 − ⌈steps · cumulative quantity / total quantity⌉, for quantities in queue order.
 * `steps` (5: five lights) for the next in line, 1 for the last. Source: BitMEX, five 20 % steps by cumulative quantity, read 2026-11-22.
 */
export const indicators = (quantities: readonly Decimal[], steps: number): readonly number[] => {
  const total = sum(quantities);
  let cumulative: Decimal = ZERO;
  return quantities.map((quantity) => {
    cumulative = cumulative.plus(quantity);
    // Compared without dividing: the step is the first k with k·total ≥ steps·cumulative.
    const reached = cumulative.times(steps);
    let step = 1;
    while (step < steps && total.times(step).lt(reached)) step += 1;
    return steps + 1 - step;
  });
};

/**
 * The place by rank instead of quantity: steps + 1 − ⌈steps · rank / count⌉, rank 1 the next in line.
 * Source: Bluefin and Binance, quantile = rank / number of users, read 2026-11-22; Binance's API prints 0 … 4, one less.
 */
export const rankQuantiles = (count: number, steps: number): readonly number[] =>
  indicators(
    Array.from({ length: count }, () => ONE),
    steps,
  );

/**
 * Grades by count: with i the place from the end (1 the last in line, n the next), the number of thresholds that i/n reaches; n places, best first.
 * Thresholds ascend; t of them give grades t … 0. Compared without dividing: i ≥ threshold·n.
 * Source: WhiteBIT, 0.5, 0.73, 0.87, 0.95 for grades 0 … 4, read 2026-11-22.
 */
export const countGrades = (count: number, thresholds: readonly Ratio[]): readonly number[] =>
  Array.from({ length: count }, (_, index) => thresholds.filter((threshold) => threshold.times(count).lte(count - index)).length);
