import { priceOfValue } from '../margin/bankruptcy-price.ts';
import type { MarketTerms } from '../market/contract.ts';
import { PRICE_CEILING } from '../market/price-range.ts';
import { closingOrderSide, type OrderSide, type Side } from '../market/side.ts';
import { tickAgainstTrader } from '../market/tick-against-trader.ts';
import { type Decimal, smaller } from '../units/decimal.ts';
import { type Money, type Price, price, type Quantity } from '../units/money.ts';
import { floorToTick } from '../units/rounding.ts';

/** The last digits of a 64-digit division are noise: they must not lift a price that is exactly on a tick to the next one. */
const DIGITS_BEFORE_TICK = 48;

/** A price rounded so that the seller never sells cheaper, the buyer never buys dearer; the order's own side bears the tick. null below one tick. */
const roundToLimit = (orderSide: OrderSide, at: Price, tickSize: Price): Price | null =>
  tickAgainstTrader(orderSide === 'SELL' ? 'LONG' : 'SHORT', at, tickSize);

/** The limit where no price brings as little as the order may cost: the worst on the tick, or null where even the best is too bad. */
const anyPrice = ({ contract, tickSize }: MarketTerms, side: Side): Price | null => {
  switch (contract) {
    case 'LINEAR':
      return side === 'LONG' ? tickSize : null;
    case 'INVERSE':
      return side === 'SHORT' ? floorToTick(price(PRICE_CEILING), tickSize) : null;
  }
};

/**
 * The worst price an order may fill at: the one at which filling all of it costs the fund exactly what was reserved.
 *
 * P = s·(B − reserved) / (Q·(1 − s·f)) = bankruptcy price − s·reserved/(Q·(1 − s·f)) (LINEAR), P = Q·(1 + s·f) / (−s·(B − reserved)) (INVERSE),
 * up to the tick for a SELL, down for a BUY. B what closing the ordered quantity at the bankruptcy price brings in [settlement asset, signed]; Q units of
 * the contract; f taker fee rate. Where no price is that bad, any will do: one tick for a LONG of a LINEAR contract, the highest limit for a SHORT of an
 * INVERSE one. null where no price is good enough: for a BUY below one tick, and for a LONG of an INVERSE contract that no price would pay for.
 */
export const limitPrice = (terms: MarketTerms, side: Side, quantity: Quantity, bankruptcyValue: Decimal, reserved: Money): Price | null => {
  const orderSide = closingOrderSide(side);
  const at = priceOfValue(terms, side, quantity, bankruptcyValue.minus(reserved));
  if (at === null) return anyPrice(terms, side);
  const cleaned = at.toSignificantDigits(DIGITS_BEFORE_TICK);
  return roundToLimit(orderSide, price(smaller(cleaned, PRICE_CEILING)), terms.tickSize);
};

/** Whether the market at `mark` is good enough for the limit: the mark is rounded the same way before they are compared; below one tick anyone may buy. */
export const isFillable = (orderSide: OrderSide, limit: Price, mark: Price, tickSize: Price): boolean => {
  const rounded = roundToLimit(orderSide, mark, tickSize);
  if (rounded === null) return true;
  return orderSide === 'SELL' ? rounded.gte(limit) : rounded.lte(limit);
};
