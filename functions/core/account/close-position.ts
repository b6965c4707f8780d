import { invariant } from '../invariant.ts';
import type { MarketTerms } from '../market/contract.ts';
import type { Side } from '../market/side.ts';
import { valueSign } from '../market/valuation.ts';
import { type Money, money, type Quantity, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { heldPosition, type Pool } from './pool.ts';
import type { Position } from './position.ts';

/** A pool after part of a position was closed, and the profit that the close made real. */
export interface ClosedPart {
  readonly pool: Pool;
  readonly realizedPnl: Money;
}

const withPosition = (positions: readonly Position[], changed: Position): readonly Position[] =>
  positions.flatMap((position) => {
    if (position.marketId !== changed.marketId || position.side !== changed.side) return [position];
    return changed.quantity.isZero() ? [] : [changed];
  });

/**
 * Closes `closed` contracts of a position so that the pool's ledger value (balance − Σ v·entryValue) changes by `valueReceived`.
 *
 * realizedPnl = valueReceived − v·entryValuePart, v as `valueSign` says; entryValuePart is the floor share, the last part takes the rest. Settlement asset.
 * valueReceived is v·V(q, P) net of fees: positive for a sold LONG of a LINEAR contract, negative for a bought-back SHORT, the other way round for INVERSE.
 * Expects 0 < closed ≤ position quantity; nothing flips.
 */
export const closePosition = (
  pool: Pool,
  { marketId, contract }: Pick<MarketTerms, 'marketId' | 'contract'>,
  side: Side,
  closed: Quantity,
  valueReceived: Money,
): ClosedPart => {
  const position = heldPosition(pool, marketId, side);
  invariant(closed.gt(0) && closed.lte(position.quantity), 'a close takes more than nothing and at most the position');
  const entryValuePart = shareOf(position.entryValue, closed, position.quantity);
  const realizedPnl = money(valueReceived.minus(valueSign(contract, side).times(entryValuePart)));
  const rest: Position = {
    ...position,
    quantity: quantity(position.quantity.minus(closed)),
    entryValue: money(position.entryValue.minus(entryValuePart)),
  };
  return { pool: { ...pool, balance: money(pool.balance.plus(realizedPnl)), positions: withPosition(pool.positions, rest) }, realizedPnl };
};

/** The pool with `amount` added to its balance; negative takes away. */
export const creditPool = (pool: Pool, amount: Money): Pool => ({ ...pool, balance: money(pool.balance.plus(amount)) });
