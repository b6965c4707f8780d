import type { Decimal } from '#core/units/decimal.ts';
import { withoutNoise } from '#core/units/rounding.ts';

/** Digits of figures that a division made; more would be noise of the last place. */
const DERIVED_DIGITS = 28;

/** Digits that an exact amount may have: 38 at rest, times a rate of 12 places. */
const EXACT_DIGITS_MAX = 50;

/** An exact amount, all its digits; one summed up from quotients (INVERSE) to the 40 places that it is judged by. */
export const exact = (value: Decimal): string => (value.precision() > EXACT_DIGITS_MAX ? withoutNoise(value) : value).toFixed();

/** A figure that a division made: price, ratio, score. */
export const derived = (value: Decimal): string => value.toSignificantDigits(DERIVED_DIGITS).toFixed();

export const derivedOrNull = (value: Decimal | null): string | null => (value === null ? null : derived(value));
