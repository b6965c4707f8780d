import { type Fraction, greatest, least, ZERO } from './fraction.ts';
import { baseSizeOf, notionalAt, type ReferencePosition, signed } from './margin.ts';
import { afterFee } from './prices.ts';
import { tierAt, tierIndexOf } from './tiers.ts';

/**
 * Contracts to close so that the position falls to the tier below: min(q, ceilToLot(q − lowerCap / (mark·multiplier))).
 * Zero in the lowest tier.
 */
export const stepDownQuantity = (position: ReferencePosition): Fraction => {
  const { table, markPrice, multiplier, lotSize } = position.market;
  const index = tierIndexOf(table, notionalAt(position, markPrice));
  if (index === 0) return ZERO;
  const lowerCap = tierAt(table, index - 1).notionalCap ?? ZERO;
  const kept = lowerCap.over(markPrice.times(multiplier));
  return least(position.quantity, position.quantity.minus(kept).ceilTo(lotSize));
};

/** Contracts of a reduction by a fraction: min(q, ceilToLot(q·fraction)). */
export const fractionQuantity = (position: ReferencePosition, part: Fraction): Fraction =>
  least(position.quantity, position.quantity.times(part).ceilTo(position.market.lotSize));

/** What closing the whole position at a price brings after the fee: s·Q·P·(1 − s·f); negative for a SHORT. */
export const closeValueAt = (position: ReferencePosition, price: Fraction): Fraction =>
  signed(position.side, baseSizeOf(position)).times(price).times(afterFee(position));

/**
 * What the fund must add when `quantity` of the position is filled at the mark: max(0, B_q − s·Q·mark·(1 − s·f)).
 * B_q = bankruptcyValue·quantity/q, the part of the position's bankruptcy value that this quantity carries.
 */
export const fundCost = (position: ReferencePosition, bankruptcyValue: Fraction, quantity: Fraction): Fraction => {
  const atMark = closeValueAt({ ...position, quantity }, position.market.markPrice);
  return greatest(ZERO, bankruptcyValue.times(quantity).over(position.quantity).minus(atMark));
};

export interface ReferenceReservation {
  readonly quantity: Fraction;
  readonly reserved: Fraction;
}

/** Reserves for the whole position, or for the largest number of lots that `available` pays at the mark. */
export const reserve = (position: ReferencePosition, bankruptcyValue: Fraction, available: Fraction): ReferenceReservation => {
  const whole = fundCost(position, bankruptcyValue, position.quantity);
  if (!whole.isAbove(available)) return { quantity: position.quantity, reserved: whole };
  const payable = greatest(ZERO, available).over(whole).times(position.quantity);
  const quantity = payable.floorTo(position.market.lotSize);
  return { quantity, reserved: fundCost(position, bankruptcyValue, quantity) };
};

/**
 * The worst price an order may fill at: there filling `quantity` costs the fund exactly `reserved`.
 * s·Q·L·(1 − s·f) = B_q − reserved, then up to a tick for the SELL that closes a LONG, down for the BUY that closes a SHORT.
 * Not positive when any price will do for a SELL.
 */
export const limitPriceOf = (position: ReferencePosition, bankruptcyValue: Fraction, reservation: ReferenceReservation): Fraction => {
  const part = { ...position, quantity: reservation.quantity };
  const carried = bankruptcyValue.times(reservation.quantity).over(position.quantity).minus(reservation.reserved);
  const exact = signed(position.side, carried).over(baseSizeOf(part).times(afterFee(position)));
  return position.side === 'LONG' ? exact.ceilTo(position.market.tickSize) : exact.floorTo(position.market.tickSize);
};
