import { type Decimal, sum, ZERO } from '../units/decimal.ts';
import type { Quantity } from '../units/money.ts';

/**
 * The trader-visible place in the queue: steps + 1 − ⌈steps · cumulative quantity / total quantity⌉, for quantities in queue order.
 * `steps` (5: five lights) for the next in line, 1 for the last. Source: BitMEX, five 20 % steps by cumulative quantity, read 2026-11-22.
 */
export const indicators = (quantities: readonly Quantity[], steps: number): readonly number[] => {
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
