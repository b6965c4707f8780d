import { type Decimal, smaller, ZERO } from '../../units/decimal.ts';
import { type Quantity, quantity } from '../../units/money.ts';
import { floorToLot } from '../../units/rounding.ts';

/** What each place of the queue gives, in queue order, and what the queue could not take. */
export interface QueueAllocation {
  readonly taken: readonly Quantity[];
  readonly residual: Quantity;
}

/**
 * Allocates `needed` contracts to the front of the queue: each gives min(what it has, what is left); whole positions as they are, the partial last one
 * down to the lot. Σ taken + residual = needed exactly; a lower place gives only when every higher one is exhausted, so a remainder below one lot
 * stays visible. `lotSize` null allocates exactly, for the budget. Contracts; `held` in queue order.
 */
export const allocateByQueue = (needed: Quantity, held: readonly Quantity[], lotSize: Quantity | null): QueueAllocation => {
  let left: Decimal = needed;
  let exhausted = true;
  const taken = held.map((each) => {
    if (!exhausted) return quantity(ZERO);
    const wanted = quantity(smaller(each, left));
    exhausted = wanted.eq(each);
    const given = exhausted || lotSize === null ? wanted : floorToLot(wanted, lotSize);
    left = left.minus(given);
    return given;
  });
  return { taken, residual: quantity(left) };
};
