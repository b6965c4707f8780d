import type { Decimal } from '../units/decimal.ts';
import type { Pool } from './pool.ts';

/** Digits before the point and after it of every amount, quantity and price that a venue writes. */
const DIGITS_WHOLE_MAX = 18;
const PLACES_MAX = 18;

/** How a value within the bounds is told. */
export const VENUE_BOUNDS = `below 1e${DIGITS_WHOLE_MAX} in absolute value, with at most ${PLACES_MAX} decimal places`;

/**
 * Whether a venue may write the value: |value| < 1e18, at most 18 decimal places. What the engine sums up of such values over one pool fits into the 38
 * digits of a number at rest: 40 markets with two sides each make less than 1e20.
 */
export const isWithinVenueBounds = (value: Decimal): boolean => value.e < DIGITS_WHOLE_MAX && value.decimalPlaces() <= PLACES_MAX;

/** The first member of the pool that no venue may write, such as `positions[0].quantity`; null when all are within the bounds. */
export const memberBeyondVenueBounds = ({ balance, positions }: Pick<Pool, 'balance' | 'positions'>): string | null => {
  if (!isWithinVenueBounds(balance)) return 'balance';
  for (const [place, { quantity, entryValue }] of positions.entries()) {
    if (!isWithinVenueBounds(quantity)) return `positions[${place}].quantity`;
    if (!isWithinVenueBounds(entryValue)) return `positions[${place}].entryValue`;
  }
  return null;
};
