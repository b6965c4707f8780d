import { type Fraction, total, ZERO } from './fraction.ts';

export interface ReferenceAllocation {
  /** What each queue member gives, in queue order; zero where nothing is taken. */
  readonly taken: readonly Fraction[];
  /** What the queue could not absorb. */
  readonly residual: Fraction;
}

/**
 * Serves a need from a queue: each member gives min(its quantity, what is left). A member that gives all gives odd lots too; a partial
 * take is floored to the lot, and what the lot cuts off stays visible in the residual.
 */
export const allocateByQueue = (required: Fraction, queue: readonly Fraction[], lotSize: Fraction): ReferenceAllocation => {
  const taken: Fraction[] = [];
  for (const quantity of queue) {
    const left = required.minus(total(taken));
    taken.push(quantity.isAbove(left) ? left.floorTo(lotSize) : quantity);
  }
  return { taken, residual: required.minus(total([ZERO, ...taken])) };
};
