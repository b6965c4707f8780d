import { isWithinVenueBounds, VENUE_BOUNDS } from '#core/account/venue-bounds.ts';
import { invariant } from '#core/invariant.ts';
import { type Decimal, decimal, ZERO } from '#core/units/decimal.ts';
import { money, price, quantity, ratio } from '#core/units/money.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { type Attribute, textual, whole } from './attribute.ts';
import { DecodeError, type Place } from './decode-error.ts';

/** Significant digits of a number attribute; the service refuses more. */
const DIGITS_AT_REST_MAX = 38;

/** Significant digits of a value that only records hold: the precision that the core computes with. */
const DIGITS_RECORDED_MAX = 64;

/** Decimal places that a value may have; the service's smallest number has 130. */
const PLACES_MAX = 100;

/** Digits before the point, far above every amount there is. */
const DIGITS_WHOLE_MAX = 60;

/** Plain notation without exponent, leading zeros or trailing zeros. */
const CANONICAL = /^(?:0|-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?)$/;

const fits = (value: Decimal, digitsMax: number): boolean =>
  value.isFinite() && value.precision() <= digitsMax && value.decimalPlaces() <= PLACES_MAX && value.e < DIGITS_WHOLE_MAX;

const read = (text: unknown, digitsMax: number): Decimal | null => {
  if (typeof text !== 'string' || text.length > DIGITS_WHOLE_MAX + PLACES_MAX) return null;
  // Minus zero is a zero that came out of a negation; records keep the text as it was computed.
  if (text === '-0') return ZERO;
  if (!CANONICAL.test(text)) return null;
  const value = decimal(text);
  return fits(value, digitsMax) ? value : null;
};

/** The text of a decimal without exponent; zero has no sign. */
export const canonicalText = (value: Decimal): string => (value.isZero() ? '0' : value.toFixed());

const branded = <Value extends Decimal>(
  found: Decimal | null,
  brand: (value: Decimal) => Value,
  isAllowed: (value: Decimal) => boolean,
): Value | null => (found === null || !isAllowed(found) ? null : brand(found));

const numberOf = <Value extends Decimal>(
  expectation: string,
  brand: (value: Decimal) => Value,
  isAllowed: (value: Decimal) => boolean,
): Attribute<Value> => {
  const valueIn = (text: unknown, digitsMax: number, at: Place): Value => {
    const value = branded(read(text, digitsMax), brand, isAllowed);
    if (value === null) throw new DecodeError(at, expectation);
    return value;
  };
  return {
    encode: (value) => {
      invariant(fits(value, DIGITS_AT_REST_MAX) && isAllowed(value), `what is stored is ${expectation}, not \`${value.toFixed()}\``);
      return { N: canonicalText(value) };
    },
    decode: ({ N }, at) => valueIn(N === '-0' ? null : N, DIGITS_AT_REST_MAX, at),
    parse: (json, at) => valueIn(json, DIGITS_RECORDED_MAX, at),
  };
};

const AT_REST = `of at most ${DIGITS_AT_REST_MAX} digits`;
const always = (): boolean => true;
const isPositive = (value: Decimal): boolean => value.gt(0);

export const decimalNumber = numberOf(`a decimal ${AT_REST}`, (value) => value, always);
export const moneyNumber = numberOf(`an amount ${AT_REST}`, money, always);
export const ratioNumber = numberOf(`a ratio ${AT_REST}`, ratio, always);
export const priceNumber = numberOf(`a price above zero ${AT_REST}`, price, isPositive);
/** A price that a venue writes: within the bounds of the venue contract. */
export const venuePriceNumber = numberOf(
  `a price above zero, ${VENUE_BOUNDS}`,
  price,
  (value) => isPositive(value) && isWithinVenueBounds(value),
);
/** A quantity that a venue writes: within the bounds of the venue contract. */
export const venueQuantityNumber = numberOf(
  `a quantity, not negative, ${VENUE_BOUNDS}`,
  quantity,
  (value) => value.gte(0) && isWithinVenueBounds(value),
);
export const quantityNumber = numberOf(`a quantity, not negative, ${AT_REST}`, quantity, (value) => value.gte(0));

/** A price with more digits than a number attribute holds, for the record: text. */
export const recordedPrice = textual(`a price above zero of at most ${DIGITS_RECORDED_MAX} digits, as text`, canonicalText, (text) =>
  branded(read(text, DIGITS_RECORDED_MAX), price, isPositive),
);

/** A decimal that an item keeps as text already. */
export const decimalText = textual<string>(
  `a decimal of at most ${DIGITS_RECORDED_MAX} digits, as text`,
  (text) => text,
  (text) => (read(text, DIGITS_RECORDED_MAX) === null ? null : text),
);

export const epochNumber = whole(epochMs);
export const durationNumber = whole(durationMs);
