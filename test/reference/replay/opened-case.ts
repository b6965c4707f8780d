import { Fraction, least, ZERO } from '../fraction.ts';
import { bankruptcyValuesOf } from '../prices.ts';
import type { MarginCall } from './margin-call.ts';
import { present } from './present.ts';
import { poolAtMarks, type StatePool, type StatePosition, type VenueState } from './venue-state.ts';

const GRAIN = new Fraction(1n, 10n ** 40n);

/** An amount that moves, cut at 40 places: without it denominators grow with every case. Far below what is compared. */
export const cut = (amount: Fraction): Fraction => amount.floorTo(GRAIN);

/** `part`/`whole` of an amount; all of it when the part is the whole. */
export const shareOf = (amount: Fraction, part: Fraction, whole: Fraction): Fraction =>
  part.equals(whole) ? amount : cut(amount.times(part).over(whole));

/** Takes contracts out of a position and returns the entry value that they carried. */
export const takeOut = (pool: StatePool, position: StatePosition, quantity: Fraction): Fraction => {
  const entryValue = shareOf(position.entryValue, quantity, position.quantity);
  pool.hasMoved = true;
  position.quantity = position.quantity.minus(quantity);
  position.entryValue = position.entryValue.minus(entryValue);
  pool.positions = pool.positions.filter((each) => each.quantity.sign() > 0);
  return entryValue;
};

/**
 * Nets the two sides of each market against each other at the mark: cash grows by what the SHORT was sold for and shrinks by what the LONG cost. In an
 * INVERSE market it is the LONG that was paid coin and the SHORT that paid it.
 */
export const netHedges = (state: VenueState, pool: StatePool): void => {
  for (const long of pool.positions.filter(({ side }) => side === 'LONG')) {
    const short = pool.positions.find(({ side, marketId }) => side === 'SHORT' && marketId === long.marketId);
    if (short === undefined) continue;
    const quantity = least(long.quantity, short.quantity);
    const sold = takeOut(pool, short, quantity);
    const bought = takeOut(pool, long, quantity);
    const gain = present(state.markets.get(long.marketId)).contract === 'INVERSE' ? bought.minus(sold) : sold.minus(bought);
    pool.collateral = pool.collateral.plus(gain);
  }
};

export interface OpenedCase {
  readonly pool: StatePool;
  readonly kind: 'REDUCE' | 'LIQUIDATE';
  readonly isNew: boolean;
  /** What each position may bring, by market: it falls as the position does. */
  readonly bankruptcyValues: Map<string, Fraction>;
}

const frozenValues = (state: VenueState, pool: StatePool): Map<string, Fraction> => {
  const values = bankruptcyValuesOf(present(poolAtMarks(state, pool)));
  let rest = values.reduce((sum, value) => sum.plus(value), ZERO);
  return new Map(
    pool.positions.map(({ marketId }, at) => {
      const isLast = at === pool.positions.length - 1;
      const value = isLast ? rest : cut(present(values[at]));
      rest = rest.minus(value);
      return [marketId, value];
    }),
  );
};

/** Opens a case, or takes up the open one for what is left of it at the values frozen then. */
export const openCase = (state: VenueState, { pool, wants }: MarginCall): OpenedCase => {
  if (pool.openCase !== null) return { pool, kind: 'LIQUIDATE', isNew: false, bankruptcyValues: pool.openCase };
  netHedges(state, pool);
  const bankruptcyValues = frozenValues(state, pool);
  const kind = wants === 'REDUCE' ? 'REDUCE' : 'LIQUIDATE';
  if (kind === 'LIQUIDATE') pool.openCase = bankruptcyValues;
  return { pool, kind, isNew: true, bankruptcyValues };
};
