import { type Fraction, ZERO } from './fraction.ts';
import { assess, broughtBy, type ReferencePool } from './margin.ts';
import { priceBringing } from './prices.ts';

/** What each position may bring to the pool's close where the first one carries the whole balance and the others close at their marks, in pool order. */
export const frozenValuesOf = (pool: ReferencePool): readonly Fraction[] => {
  const { marginBalance, positions } = assess(pool);
  return pool.positions.map((position, at) => {
    const atMark = broughtBy(position, positions[at]?.notionalValue ?? ZERO);
    return at === 0 ? atMark.minus(marginBalance) : atMark;
  });
};

/** The price at which each position alone uses up the balance, the others at their marks, in pool order. */
export const frozenPricesOf = (pool: ReferencePool): readonly (Fraction | null)[] => {
  const { marginBalance, positions } = assess(pool);
  return pool.positions.map((position, at) =>
    priceBringing(position, broughtBy(position, positions[at]?.notionalValue ?? ZERO).minus(marginBalance)),
  );
};
