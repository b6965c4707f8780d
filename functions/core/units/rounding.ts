import { Decimal, ZERO } from './decimal.ts';
import { type Money, money, type Price, price, type Quantity, quantity } from './money.ts';

const floorToStep = (value: Decimal, step: Decimal): Decimal => value.div(step).floor().times(step);
const ceilToStep = (value: Decimal, step: Decimal): Decimal => value.div(step).ceil().times(step);

/** Down to a tick: a BUY limit rounded so never buys dearer than allowed; the buyer bears the tick. null for a price below one tick. */
export const floorToTick = (value: Price, tickSize: Price): Price | null => {
  const floored = floorToStep(value, tickSize);
  return floored.isZero() ? null : price(floored);
};

/** Up to a tick: a SELL limit rounded so never sells cheaper than allowed; the seller bears the tick. */
export const ceilToTick = (value: Price, tickSize: Price): Price => price(ceilToStep(value, tickSize));

/** Down to a lot: what cannot be paid for is left out; the part below one lot stays open and visible. */
export const floorToLot = (value: Decimal, lotSize: Quantity): Quantity => quantity(floorToStep(value, lotSize));

/** Up to a lot: a reduction is at least what restores the tier; the trader gives up at most one lot more. */
export const ceilToLot = (value: Decimal, lotSize: Quantity): Quantity => quantity(ceilToStep(value, lotSize));

/** Decimal places of the quantum, the smallest unit of an asset: the engine's own postings are multiples of 1e-12. */
const QUANTUM_PLACES = 12;

/** The least that an asset can be divided into. */
export const QUANTUM = new Decimal(`1e-${QUANTUM_PLACES}`);

/** Down to a quantum: the receiver of a positive amount bears it. */
export const floorToQuantum = (value: Decimal): Money => money(value.toDecimalPlaces(QUANTUM_PLACES, Decimal.ROUND_FLOOR));

/** Up to a quantum: the payer of a positive amount bears it. */
export const ceilToQuantum = (value: Decimal): Money => money(value.toDecimalPlaces(QUANTUM_PLACES, Decimal.ROUND_CEIL));

/**
 * The share of `total` that belongs to `part` of `whole`: floor(total·part/whole) in quanta, and all of it when `part` is the whole.
 * Taking shares one after another from what remains sums to exactly `total`; the last part takes the rest.
 * total signed [asset]; part ≤ whole, in one unit.
 */
export const shareOf = (total: Money, part: Quantity, whole: Quantity): Money =>
  part.eq(whole) ? total : floorToQuantum(total.times(part).div(whole));

/** Decimal places of the finest amount that a venue writes, as its bounds say. */
const FINEST_PLACES = 18;

/** Down to the 18th place: whoever owns a positive amount bears less than 1e-18 of the asset. */
export const floorToFinest = (value: Decimal): Money => money(value.toDecimalPlaces(FINEST_PLACES, Decimal.ROUND_FLOOR));

/** Up to the 18th place: whoever owes a positive amount bears less than 1e-18 of the asset. */
export const ceilToFinest = (value: Decimal): Money => money(value.toDecimalPlaces(FINEST_PLACES, Decimal.ROUND_CEIL));

/** Places that an amount summed up from quotients is compared with a bound and cut at: below 1e20 its 64 digits are good for more than 43. */
const PLACES_COMPARED = 40;

/**
 * An amount summed up from quotients, without what the divisions left in its last digits: half-even at 40 places. What is exactly zero, or exactly on a
 * quantum, is so again, and nobody bears 5e-41 of the asset.
 */
export const withoutNoise = (value: Decimal): Decimal => value.toDecimalPlaces(PLACES_COMPARED, Decimal.ROUND_HALF_EVEN);

/** More than `withoutNoise` takes off or adds in any one amount. */
export const NOISE_MAX = new Decimal('1e-40');

/** An amount summed up from quotients with all its digits, but zero where it is so within the noise. */
export const snappedToZero = (value: Decimal): Decimal => (value.abs().lt(NOISE_MAX) ? ZERO : value);

/** Significant digits kept when a guard or another derived price is put at rest; DynamoDB numbers hold 38. */
const DIGITS_AT_REST = 38;

/** Down, to 38 digits: for a guard above the mark, so that it fires early rather than late. */
export const floorAtRest = (value: Decimal): Decimal => value.toSignificantDigits(DIGITS_AT_REST, Decimal.ROUND_FLOOR);

/** Up, to 38 digits: for a guard below the mark, so that it fires early rather than late. */
export const ceilAtRest = (value: Decimal): Decimal => value.toSignificantDigits(DIGITS_AT_REST, Decimal.ROUND_CEIL);
