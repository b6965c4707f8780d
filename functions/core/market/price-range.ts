import { Decimal } from '../units/decimal.ts';

/** Marks, fills and limits are below it: venues write at most 18 digits before the point, books 20. */
export const PRICE_CEILING = new Decimal('1e20');

/** No mark, fill or limit is below it: venues write at most 18 places, books 12. */
export const PRICE_FLOOR = new Decimal('1e-18');
