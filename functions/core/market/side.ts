import { type Decimal, ONE } from '../units/decimal.ts';

export type Side = 'LONG' | 'SHORT';
/** What an order does; a LONG position is closed by a SELL. */
export type OrderSide = 'BUY' | 'SELL';

const MINUS_ONE = ONE.negated();

/** s of the formulas: +1 for LONG, −1 for SHORT. */
export const sideSign = (side: Side): Decimal => (side === 'LONG' ? ONE : MINUS_ONE);

export const opposite = (side: Side): Side => (side === 'LONG' ? 'SHORT' : 'LONG');

export const closingOrderSide = (side: Side): OrderSide => (side === 'LONG' ? 'SELL' : 'BUY');
