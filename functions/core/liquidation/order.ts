import type { OrderSide, Side } from '../market/side.ts';
import type { Money, Price, Quantity } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';

/** A part of an order that the venue executed. */
export interface Fill {
  /** Contracts, above zero. */
  readonly quantity: Quantity;
  /** Quote per base unit. */
  readonly price: Price;
}

/** Fills that an order holds: its item stays below 10 KB. A venue that executes in smaller pieces reports them together. */
export const FILLS_PER_ORDER_MAX = 100;

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
  /** Number of the last fill; 0 for none. The venue numbers its fills 1, 2, 3, …, so that none is booked twice or overtaken by the end. */
  readonly fillSequence: number;
  /** Σ quantity of the fills. */
  readonly filledQuantity: Quantity;
  /** In the order of their numbers. */
  readonly fills: readonly Fill[];
  readonly version: number;
  readonly lastWriter: string;
}

/** Stands for every market where an instruction names markets. */
export const ALL_MARKETS = '*';

/** An instruction to the venue to cancel the resting orders of an account before its positions are closed. */
export interface CancelInstruction {
  readonly orderId: string;
  readonly caseId: string;
  readonly kind: 'CANCEL_ORDERS';
  readonly accountId: string;
  /** `ALL_MARKETS` alone: every order of the account, in whatever market. */
  readonly marketIds: readonly string[];
  /** ACKNOWLEDGED by the venue once no order of the account rests in the markets. */
  readonly status: 'NEW' | 'ACKNOWLEDGED';
  readonly version: number;
  readonly lastWriter: string;
}

export const orderIdOf = (caseId: string, marketId: string, side: Side, attempt: number): string =>
  `${caseId}#${marketId}#${side}#${attempt}`;
