import type { Decimal } from '#core/units/decimal.ts';

/** Digits of figures that a division made; more would be noise of the last place. */
const DERIVED_DIGITS = 28;

/** An exact amount, all its digits. */
export const exact = (value: Decimal): string => value.toFixed();

/** A figure that a division made: price, ratio, score. */
export const derived = (value: Decimal): string => value.toSignificantDigits(DERIVED_DIGITS).toFixed();

export const derivedOrNull = (value: Decimal | null): string | null => (value === null ? null : derived(value));
