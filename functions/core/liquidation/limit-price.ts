import { priceOfValue } from '../margin/bankruptcy-price.ts';
import type { MarketTerms } from '../market/contract.ts';
import { closingOrderSide, type OrderSide, type Side } from '../market/side.ts';
import type { Decimal } from '../units/decimal.ts';
import { type Money, type Price, price, type Quantity } from '../units/money.ts';
import { ceilToTick, floorToTick } from '../units/rounding.ts';

/** The last digits of a 64-digit division are noise: they must not lift a price that is exactly on a tick to the next one. */
const DIGITS_BEFORE_TICK = 48;

/** A price rounded so that the seller never sells cheaper, the buyer never buys dearer; the order's own side bears the tick. null below one tick. */
const roundToLimit = (orderSide: OrderSide, at: Price, tickSize: Price): Price | null =>
  orderSide === 'SELL' ? ceilToTick(at, tickSize) : floorToTick(at, tickSize);

/**
 * The worst price an order may fill at: the one at which filling all of it costs the fund exactly what was reserved.
 *
 * P = s·(B − reserved) / (Q·(1 − s·f)) = bankruptcy price − s·reserved/(Q·(1 − s·f)), up to the tick for a SELL, down for a BUY.
 * B what closing the ordered quantity at the bankruptcy price brings in [settlement asset, signed]; Q base units; f taker fee rate.
 * A LONG whose price would not be positive may sell at any price: one tick. null for a BUY that no price on a tick allows.
 */
export const limitPrice = (terms: MarketTerms, side: Side, quantity: Quantity, bankruptcyValue: Decimal, reserved: Money): Price | null => {
  const orderSide = closingOrderSide(side);
  const at = priceOfValue(terms, side, quantity, bankruptcyValue.minus(reserved));
  if (at === null) return side === 'LONG' ? terms.tickSize : null;
  return roundToLimit(orderSide, price(at.toSignificantDigits(DIGITS_BEFORE_TICK)), terms.tickSize);
};

/** Whether the market at `mark` is good enough for the limit: the mark is rounded the same way before they are compared; below one tick anyone may buy. */
export const isFillable = (orderSide: OrderSide, limit: Price, mark: Price, tickSize: Price): boolean => {
  const rounded = roundToLimit(orderSide, mark, tickSize);
  if (rounded === null) return true;
  return orderSide === 'SELL' ? rounded.gte(limit) : rounded.lte(limit);
};
