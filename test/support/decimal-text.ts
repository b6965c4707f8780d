import fc, { type Arbitrary } from 'fast-check';
import { type Fraction, fraction } from '../reference/fraction.ts';

/** Places at which amounts of money come to rest. */
const PLACES_AT_REST = 12;

/** `mantissa` · 10^−places as plain text. */
export const scaledText = (mantissa: bigint, places: number): string => {
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(places + 1, '0');
  const integer = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${mantissa < 0n ? '-' : ''}${integer}${rest === '' ? '' : `.${rest}`}`;
};

/** Plain text of an amount cut to the places that amounts at rest have. */
export const moneyText = (amount: Fraction): string => amount.toDecimalString(PLACES_AT_REST);

/** Texts of mantissa · 10^−places with a mantissa from 1 to `mantissaMax` and one of the places. */
export const positiveText = (mantissaMax: number, places: readonly number[]): Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 1, max: mantissaMax }), fc.constantFrom(...places))
    .map(([mantissa, digits]) => scaledText(BigInt(mantissa), digits));

/** Texts of whole thousandths between two bounds, such as −250 and 300 for −0.25 … 0.3. */
export const thousandths = (min: number, max: number): Arbitrary<string> =>
  fc.integer({ min, max }).map((mantissa) => scaledText(BigInt(mantissa), 3));

/** `text` times `factor`, exact. */
export const timesText = (text: string, factor: string): Fraction => fraction(text).times(fraction(factor));
