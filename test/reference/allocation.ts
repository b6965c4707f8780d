import { type Fraction, total, ZERO } from './fraction.ts';

export interface ReferenceAllocation {
  /** What each queue member gives, in queue order; zero where nothing is taken. */
  readonly taken: readonly Fraction[];
  /** What the queue could not absorb. */
  readonly residual: Fraction;
}

/**
 * Serves a need from a queue: each member gives min(its quantity, what is left). A member that gives all gives odd lots too; a partial
 * take is floored to the lot, and what the lot cuts off stays visible in the residual. Who stands behind a member that keeps something
 * gives nothing: a lower rank is touched only when every higher one is exhausted.
 */
export const allocateByQueue = (required: Fraction, queue: readonly Fraction[], lotSize: Fraction): ReferenceAllocation => {
  const taken: Fraction[] = [];
  for (const [at, quantity] of queue.entries()) {
    const left = required.minus(total(taken));
    const everybodyBeforeIsExhausted = queue.slice(0, at).every((before, place) => taken[place]?.equals(before));
    if (!everybodyBeforeIsExhausted) taken.push(ZERO);
    else taken.push(quantity.isAbove(left) ? left.floorTo(lotSize) : quantity);
  }
  return { taken, residual: required.minus(total(taken)) };
};
