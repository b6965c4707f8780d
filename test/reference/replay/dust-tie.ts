import { type Fraction, fraction, greatest, ONE } from '../fraction.ts';
import type { ReferencePositionValues } from '../margin.ts';
import type { StatePool, VenueState } from './venue-state.ts';

interface Keyed {
  readonly pool: StatePool;
  readonly key: Fraction;
}

/** What twelve places may put between keys that are equal in exact numbers, many times over. */
const DUST = fraction('0.0000001');

/**
 * Notes in the state when a position that something has moved, of a contract valued by a quotient, is so near to no profit that whether it may be asked at
 * all may hang on the last place of its entry value.
 */
export const noteDustProfit = (state: VenueState, pool: StatePool, { unrealizedPnl, notionalValue }: ReferencePositionValues): void => {
  if (pool.hasMoved && !unrealizedPnl.absolute().isAbove(DUST.times(notionalValue))) state.dustTies += 1;
};

/**
 * Notes in the state when neighbours of an order stand so near each other that the order may hang on the last place of an amount at rest,
 * where the engine keeps twelve places and the twin keeps more. Pools that nothing has moved yet have the same amounts in both: their ties are true ties.
 */
export const noteDustTies = (state: VenueState, ordered: readonly Keyed[]): void => {
  for (const [at, { pool, key }] of ordered.entries()) {
    const next = ordered[at + 1];
    if (next === undefined || !(pool.hasMoved || next.pool.hasMoved)) continue;
    const scale = greatest(ONE, key.absolute(), next.key.absolute());
    if (!key.minus(next.key).absolute().isAbove(DUST.times(scale))) state.dustTies += 1;
  }
};
