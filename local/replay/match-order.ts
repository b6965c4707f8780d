import { isFillable } from '#core/liquidation/limit-price.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import { isTrading, type MarketState } from '#core/market/market-state.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { type Decimal, smaller, ZERO } from '#core/units/decimal.ts';
import { type Quantity, quantity } from '#core/units/money.ts';

const NOTHING = quantity(ZERO);

/**
 * Contracts of an order that the simulated market fills at its accepted mark: the order's quantity, at most what `depth` leaves after `used`, and none
 * where the market does not trade, has no mark or its mark misses the limit. The mark is rounded to the tick as the limit was before they are compared.
 * Contracts; `depth` undefined: without limit.
 */
export const matchedQuantity = (
  order: LiquidationOrder,
  market: MarketState | null,
  depth: Quantity | undefined,
  used: Decimal,
): Quantity => {
  const mark = market?.accepted?.markPrice;
  if (market === null || mark === undefined || !isTrading(market.status)) return NOTHING;
  if (!isFillable(order.side, order.limitPrice, mark, market.terms.tickSize)) return NOTHING;
  if (depth === undefined) return order.quantity;
  const left = depth.minus(used);
  return left.gt(0) ? quantity(smaller(left, order.quantity)) : NOTHING;
};

/** An order and the place of its case in the wave's opening order. */
export interface RankedOrder {
  readonly order: LiquidationOrder;
  readonly waveRank: number;
}

/** The order in which the simulated market fills: as the wave opened the cases, then `orderId` by code units. */
export const byFillingOrder = (a: RankedOrder, b: RankedOrder): number =>
  a.waveRank - b.waveRank || byCodeUnits(a.order.orderId, b.order.orderId);
