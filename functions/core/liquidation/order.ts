import type { OrderSide, Side } from '../market/side.ts';
import type { Money, Price, Quantity } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';

/** An instruction to the venue to close part of a position in liquidation. The venue adds fills and ends it. */
export interface LiquidationOrder {
  readonly orderId: string;
  readonly caseId: string;
  readonly poolId: string;
  readonly kind: 'LIQUIDATION';
  readonly wave: string;
  readonly marketId: string;
  /** Side of the position that is closed. */
  readonly positionSide: Side;
  readonly side: OrderSide;
  readonly quantity: Quantity;
  readonly limitPrice: Price;
  /** Held in the fund for this order; what it draws never exceeds it. */
  readonly reserved: Money;
  readonly fundId: string;
  readonly expiresAt: EpochMs;
  readonly status: 'NEW' | 'ENDED' | 'SETTLED';
  readonly filledQuantity: Quantity;
  /** null while nothing filled. One price: fills of one order happen at one mark. */
  readonly fillPrice: Price | null;
  readonly version: number;
  readonly lastWriter: string;
}

/** An instruction to the venue to cancel the resting orders of an account before its positions are closed. */
export interface CancelInstruction {
  readonly orderId: string;
  readonly caseId: string;
  readonly kind: 'CANCEL_ORDERS';
  readonly accountId: string;
  readonly marketIds: readonly string[];
  readonly version: number;
  readonly lastWriter: string;
}

export const orderIdOf = (caseId: string, marketId: string, side: Side, attempt: number): string =>
  `${caseId}#${marketId}#${side}#${attempt}`;
