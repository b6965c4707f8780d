import { Decimal } from '#core/units/decimal.ts';
import type { Price } from '#core/units/money.ts';

const DIGITS_BEFORE_POINT = 20;
const PLACES = 18;

/** Marks have at most 20 digits before the point: everything above sorts behind all of them. */
const HIGHEST = `${'9'.repeat(DIGITS_BEFORE_POINT)}.${'9'.repeat(PLACES)}`;

/** Which way a price that needs more than 18 places is rounded. */
export type Rounding = 'UP' | 'DOWN';

/** A price as text that sorts as the price does: 20 digits, a point, 18 digits. */
export const sortablePrice = (price: Price, rounding: Rounding): string => {
  const rounded = price.toDecimalPlaces(PLACES, rounding === 'UP' ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR);
  const text = rounded.toFixed(PLACES);
  return text.length > HIGHEST.length ? HIGHEST : text.padStart(HIGHEST.length, '0');
};
