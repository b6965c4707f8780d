import type { Decimal } from '#core/units/decimal.ts';

/** Most significant digits of a value at rest; the tables' numbers hold no more. */
export const DIGITS_AT_REST_MAX = 38;

const digitsOf = (value: Decimal): bigint => BigInt(value.abs().toFixed().replace('.', ''));

/**
 * Whether the exact product of `factors` fits into 38 significant digits, trailing zeros not counted. Counted in integers, because the
 * product of three long decimals would itself be rounded.
 */
export const productFitsAtRest = (factors: readonly Decimal[]): boolean => {
  // A product has at most as many digits as its factors together: true for all but absurd values, and ten times cheaper.
  if (factors.reduce((total, factor) => total + factor.precision(), 0) <= DIGITS_AT_REST_MAX) return true;
  const product = factors.map(digitsOf).reduce((total, digits) => total * digits, 1n);
  return product.toString().replace(/0+$/, '').length <= DIGITS_AT_REST_MAX;
};
