import { type Decimal, ONE, sum } from '../units/decimal.ts';
import { type Money, money, type Price, price, type Quantity } from '../units/money.ts';
import { ceilToFinest, ceilToQuantum, floorToFinest, floorToQuantum, withoutNoise } from '../units/rounding.ts';
import type { ContractKind, ContractTerms, MarketTerms } from './contract.ts';
import { opposite, type Side, sideSign } from './side.ts';

/** Units behind `quantity` contracts: Q = q·multiplier, base units (LINEAR) or quote units (INVERSE). */
export const unitsOf = (terms: ContractTerms, quantity: Quantity): Decimal => quantity.times(terms.multiplier);

/**
 * Value of `quantity` contracts at a price, never negative: V = Q·P (LINEAR, exact), V = Q / P (INVERSE, 64 digits).
 * Q units; P quote per base; V settlement asset. At the mark it is the notional value, at the entry price the entry value.
 */
export const valueAt = (terms: ContractTerms, quantity: Quantity, at: Price): Money => {
  switch (terms.contract) {
    case 'LINEAR':
      return money(unitsOf(terms, quantity).times(at));
    case 'INVERSE':
      return money(unitsOf(terms, quantity).div(at));
  }
};

/**
 * What a position was opened for at an average entry price: Q·P exactly (LINEAR); Q / P at 18 places (INVERSE), rounded once at the holder's cost: down for
 * a LONG, whose profit is what the entry value is above the value at the mark, up for a SHORT. Settlement asset.
 */
export const entryValueAt = (
  terms: ContractTerms,
  position: { readonly side: Side; readonly quantity: Quantity },
  entryPrice: Price,
): Money => {
  const value = valueAt(terms, position.quantity, entryPrice);
  switch (terms.contract) {
    case 'LINEAR':
      return value;
    case 'INVERSE':
      return position.side === 'LONG' ? floorToFinest(value) : ceilToFinest(value);
  }
};

/**
 * Price at which `quantity` contracts are worth `value`·`scale`: P = V / (Q·k) (LINEAR), P = Q·k / V (INVERSE), k the scale. 64 digits, one division.
 * null for a value at or below zero, which no price gives: a LINEAR contract would need a price of zero, an INVERSE one a price without end.
 */
export const priceOfScaledValue = (terms: ContractTerms, quantity: Quantity, value: Decimal, scale: Decimal): Price | null => {
  if (value.lte(0)) return null;
  const scaled = unitsOf(terms, quantity).times(scale);
  switch (terms.contract) {
    case 'LINEAR':
      return price(value.div(scaled));
    case 'INVERSE':
      return price(scaled.div(value));
  }
};

/** The side on which a position's value counts: its own (LINEAR), the other one (INVERSE), because there a price that rises takes value away. */
export const valueSide = (contract: ContractKind, side: Side): Side => (contract === 'LINEAR' ? side : opposite(side));

/**
 * v: the sign with which the value of a position enters the margin balance, cash − v·V_entry + v·V_mark. v = s (LINEAR), v = −s (INVERSE).
 * Opening at a price takes v·V out of the account, closing at a price brings v·V in, so that v·V of one side and of the other sum to zero.
 */
export const valueSign = (contract: ContractKind, side: Side): Decimal => sideSign(valueSide(contract, side));

/**
 * UPnL = v·(V_mark − V_entry), in the settlement asset: s·Q·(mark − entry) (LINEAR, exact), s·Q·(1/entry − 1/mark) (INVERSE, 64 digits).
 * Source: Binance, "Leverage and Margin of COIN-M Futures Contracts"; Bybit, inverse contracts; read 2026-11-22.
 */
export const unrealizedPnl = (
  contract: ContractKind,
  position: { readonly side: Side; readonly entryValue: Money },
  valueAtMark: Money,
): Money => money(valueSign(contract, position.side).times(valueAtMark.minus(position.entryValue)));

/** A sum of values: exact as it is (LINEAR), without what the divisions left in its last digits (INVERSE). */
export const settledSum = (contract: ContractKind, value: Decimal): Decimal => (contract === 'LINEAR' ? value : withoutNoise(value));

/**
 * Value of an order's fills in quanta: Σ V(q, P), rounded once in favour of the liquidated side: up where it receives the value (a LONG of a LINEAR
 * contract, a SHORT of an INVERSE one), down where it gives it. The market counterparty bears less than one quantum, so that the fund never pays because of
 * rounding.
 */
export const fillsValue = (
  terms: ContractTerms,
  side: Side,
  fills: readonly { readonly quantity: Quantity; readonly price: Price }[],
): Money => {
  const value = settledSum(terms.contract, sum(fills.map((fill) => valueAt(terms, fill.quantity, fill.price))));
  return valueSide(terms.contract, side) === 'LONG' ? ceilToQuantum(value) : floorToQuantum(value);
};

/** Taker fee on a value, V·f, down to a quantum: the receiver of the fee bears the rest. */
export const takerFee = (terms: MarketTerms, value: Money): Money =>
  floorToQuantum(settledSum(terms.contract, value.times(terms.takerFeeRate)));

/** 1 − v·f: what one unit of value at a price leaves after the taker fee, as a factor. */
export const afterFeeFactor = (terms: MarketTerms, side: Side): Decimal =>
  ONE.minus(valueSign(terms.contract, side).times(terms.takerFeeRate));
