import { type Fraction, fraction, greatest, least, ONE, ZERO } from './fraction.ts';
import { broughtBy, notionalAt, type ReferencePosition } from './margin.ts';
import { afterFee, priceBringing } from './prices.ts';
import { tierAt, tierIndexOf } from './tiers.ts';

/**
 * Contracts to close so that the position falls by that many tiers, at most to the lowest: min(q, ceilToLot(q − lowerCap / (mark·multiplier))); INVERSE: q − lowerCap·mark/multiplier.
 * Zero in the lowest tier.
 */
export const stepDownQuantity = (position: ReferencePosition, tiers = 1): Fraction => {
  const { table, markPrice, multiplier, lotSize } = position.market;
  const index = tierIndexOf(table, notionalAt(position, markPrice));
  if (index === 0) return ZERO;
  const lowerCap = tierAt(table, Math.max(0, index - tiers)).notionalCap ?? ZERO;
  const kept =
    position.market.contract === 'INVERSE' ? lowerCap.times(markPrice).over(multiplier) : lowerCap.over(markPrice.times(multiplier));
  return least(position.quantity, position.quantity.minus(kept).ceilTo(lotSize));
};

/** Contracts of a reduction by a fraction: min(q, ceilToLot(q·fraction)). */
export const fractionQuantity = (position: ReferencePosition, part: Fraction): Fraction =>
  least(position.quantity, position.quantity.times(part).ceilTo(position.market.lotSize));

/** What closing the whole position at a price brings after the fee: LINEAR s·Q·P·(1 − s·f), INVERSE −s·Q/P·(1 + s·f); negative for what it costs. */
export const closeValueAt = (position: ReferencePosition, price: Fraction): Fraction =>
  broughtBy(position, notionalAt(position, price)).times(afterFee(position));

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

const BEYOND_EVERY_MARK = fraction('100000000000000000000');

/**
 * The worst price an order may fill at: there filling `quantity` costs the fund exactly `reserved`.
 * closeValueAt(L) = B_q − reserved, then up to a tick for the SELL that closes a LONG, down for the BUY that closes a SHORT.
 * Where no price brings as little, any will do: zero for the SELL of a LINEAR LONG, beyond every mark for the BUY of an INVERSE SHORT. Where none
 * brings as much, none will: below zero for the BUY of a LINEAR SHORT, beyond every mark for the SELL of an INVERSE LONG.
 */
export const limitPriceOf = (position: ReferencePosition, bankruptcyValue: Fraction, reservation: ReferenceReservation): Fraction => {
  const part = { ...position, quantity: reservation.quantity };
  const carried = bankruptcyValue.times(reservation.quantity).over(position.quantity).minus(reservation.reserved);
  const exact = priceBringing(part, carried);
  if (exact === null && position.market.contract === 'INVERSE') return BEYOND_EVERY_MARK;
  if (exact === null) return position.side === 'LONG' ? ZERO : ONE.negated();
  return position.side === 'LONG' ? exact.ceilTo(position.market.tickSize) : exact.floorTo(position.market.tickSize);
};
