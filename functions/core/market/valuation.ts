import { type Decimal, ONE, sum } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity } from '../units/money.ts';
import { ceilToQuantum, floorToQuantum } from '../units/rounding.ts';
import type { MarketTerms } from './contract.ts';
import { type Side, sideSign } from './side.ts';

/**
 * Value of `quantity` contracts at a price, exact: V = q·multiplier·P (LINEAR).
 * q contracts; P quote per base; V settlement asset. At the mark it is the notional value, at the entry price the entry value.
 */
export const valueAt = (terms: MarketTerms, quantity: Quantity, at: Price): Money => money(quantity.times(terms.multiplier).times(at));

/** Base units behind `quantity` contracts: q·multiplier (LINEAR). */
export const baseQuantity = (terms: MarketTerms, quantity: Quantity): Decimal => quantity.times(terms.multiplier);

/** UPnL = s·(V_mark − V_entry), exact, in the settlement asset. */
export const unrealizedPnl = (side: Side, valueAtMark: Money, entryValue: Money): Money =>
  money(sideSign(side).times(valueAtMark.minus(entryValue)));

/**
 * Value of an order's fills in quanta: Σ q·multiplier·P, rounded once in favour of the liquidated side: up when it sells, down when it buys.
 * The market counterparty bears less than one quantum, so that the fund never pays because of rounding.
 */
export const fillsValue = (
  terms: MarketTerms,
  side: Side,
  fills: readonly { readonly quantity: Quantity; readonly price: Price }[],
): Money => {
  const exact = sum(fills.map((fill) => valueAt(terms, fill.quantity, fill.price)));
  return side === 'LONG' ? ceilToQuantum(exact) : floorToQuantum(exact);
};

/** Taker fee on a value, V·f, down to a quantum: the receiver of the fee bears the rest. */
export const takerFee = (terms: MarketTerms, value: Money): Money => floorToQuantum(value.times(terms.takerFeeRate));

/** 1 − s·f: what one unit of value at a price leaves after the taker fee, as a factor. */
export const afterFeeFactor = (terms: MarketTerms, side: Side): Decimal => ONE.minus(sideSign(side).times(terms.takerFeeRate));
