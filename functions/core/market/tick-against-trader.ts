import type { Price } from '../units/money.ts';
import { ceilToTick, floorToTick } from '../units/rounding.ts';
import type { Side } from './side.ts';

/**
 * A price at which a position is closed, on the tick, so that its holder bears the rounding: up for a LONG, whose bankruptcy and liquidation come earlier
 * and whose close sells no cheaper, down for a SHORT. Quote per base unit. null for a SHORT below one tick.
 * Source: Bybit, order price of a liquidated position, 7,735.3725 shown as 7,735.50 at a tick of 0.50; read 2026-11-22.
 */
export const tickAgainstTrader = (side: Side, at: Price, tickSize: Price): Price | null =>
  side === 'LONG' ? ceilToTick(at, tickSize) : floorToTick(at, tickSize);
