import type { Fraction } from '../fraction.ts';
import { assess } from '../margin.ts';
import { noteDustTies } from './dust-tie.ts';
import { poolAtMarks, type StatePool, type VenueState } from './venue-state.ts';

/** What the neutral rules want of a pool in the wave of a mark. */
export interface MarginCall {
  readonly pool: StatePool;
  readonly wants: 'NONE' | 'REDUCE' | 'LIQUIDATE';
  readonly marginBalance: Fraction;
  readonly maintenanceMargin: Fraction;
}

/**
 * Judges a pool at the accepted marks: an insolvent pool closes whole; below its maintenance margin with a position above the lowest tier it
 * steps down, otherwise it closes whole. null: a market of the pool has no mark yet, so that nothing can be said.
 */
export const judge = (state: VenueState, pool: StatePool): MarginCall | null => {
  const atMarks = poolAtMarks(state, pool);
  if (atMarks === null) return null;
  const { marginBalance, maintenanceMargin, marginExcess, positions } = assess(atMarks);
  const call = (wants: MarginCall['wants']): MarginCall => ({ pool, wants, marginBalance, maintenanceMargin });
  if (positions.length === 0) return call('NONE');
  if (marginBalance.sign() <= 0) return call('LIQUIDATE');
  if (marginExcess.sign() >= 0) return call('NONE');
  return call(positions.some(({ tierIndex }) => tierIndex > 0) ? 'REDUCE' : 'LIQUIDATE');
};

/** marginBalance / maintenanceMargin ascending, then the pool's id by code units. */
export const openingOrder = (state: VenueState, calls: readonly MarginCall[]): readonly MarginCall[] => {
  const keyed = calls.map((call) => ({ call, pool: call.pool, key: call.marginBalance.over(call.maintenanceMargin) }));
  const ordered = keyed.toSorted((a, b) => a.key.comparedTo(b.key) || (a.pool.poolId < b.pool.poolId ? -1 : 1));
  noteDustTies(state, ordered);
  return ordered.map(({ call }) => call);
};
