import { Decimal } from './decimal.ts';
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

/** Significant digits kept when a guard or another derived price is put at rest; DynamoDB numbers hold 38. */
const DIGITS_AT_REST = 38;

/** Down, to 38 digits: for a guard above the mark, so that it fires early rather than late. */
export const floorAtRest = (value: Decimal): Decimal => value.toSignificantDigits(DIGITS_AT_REST, Decimal.ROUND_FLOOR);

/** Up, to 38 digits: for a guard below the mark, so that it fires early rather than late. */
export const ceilAtRest = (value: Decimal): Decimal => value.toSignificantDigits(DIGITS_AT_REST, Decimal.ROUND_CEIL);
