import type { Fill, LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Quantity } from '#core/units/money.ts';
import type { DepthUse } from '../replay/depth-use.ts';
import { byFillingOrder, matchedQuantity, type RankedOrder } from '../replay/match-order.ts';

/** What the market does with an order before it ends it: its only fill, null where it gets none or has it already. */
export interface PlannedEnd {
  readonly order: LiquidationOrder;
  readonly fill: Fill | null;
}

const fillOf = (order: LiquidationOrder, market: MarketState | null, depth: Quantity | undefined, uses: DepthUse): Fill | null => {
  // It was filled before a crash, all that it was to get.
  if (order.fillSequence > 0 || market === null || market.accepted === null) return null;
  const quantity = matchedQuantity(order, market, depth, uses.usedAt(market));
  if (quantity.isZero()) return null;
  uses.add(market, quantity);
  return { quantity, price: market.accepted.markPrice };
};

/**
 * Fills the open orders of a wave at the marks, in filling order, within the depth that the marks have left, which it uses up. All of them are planned
 * before the first is written: what settling one of them does to its market comes after the others' fills.
 */
export const planFills = (
  orders: readonly RankedOrder[],
  markets: ReadonlyMap<string, MarketState>,
  depthPerMark: ReadonlyMap<string, Quantity>,
  uses: DepthUse,
): readonly PlannedEnd[] =>
  [...orders].sort(byFillingOrder).map(({ order }) => {
    const market = markets.get(order.marketId) ?? null;
    return { order, fill: fillOf(order, market, depthPerMark.get(order.marketId), uses) };
  });
