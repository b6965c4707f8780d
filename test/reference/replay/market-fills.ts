import { type Fraction, fraction, greatest, least, ZERO } from '../fraction.ts';
import { closeValueAt } from '../liquidation.ts';
import { broughtBy, closingFeeAt, notionalAt } from '../margin.ts';
import { shareOf, takeOut } from './opened-case.ts';
import type { LiquidationOrder } from './order.ts';
import { present } from './present.ts';
import type { ReplayTotals } from './replay-totals.ts';
import type { ReplayScenario } from './scenario.ts';
import { positionAtMark, type VenueState } from './venue-state.ts';

/** Contracts that the venue still fills at the present mark of each market; a market that is absent fills without limit. */
export type Depth = Map<string, Fraction>;

/** A new mark of a market brings its whole depth again. */
export const refillDepth = (depth: Depth, scenario: ReplayScenario, marketId: string): void => {
  const whole = scenario.depthPerMark[marketId];
  if (whole !== undefined) depth.set(marketId, fraction(whole));
};

/** The mark, rounded as the limit is, stands at the limit or better. */
const reachesLimit = (state: VenueState, { position, limitPrice }: LiquidationOrder): boolean => {
  const { tickSize } = present(state.markets.get(position.marketId));
  const mark = present(state.marks.get(position.marketId));
  return position.side === 'LONG' ? !mark.ceilTo(tickSize).isBelow(limitPrice) : !mark.floorTo(tickSize).isAbove(limitPrice);
};

const fillQuantity = (state: VenueState, depth: Depth, order: LiquidationOrder): Fraction => {
  if (!reachesLimit(state, order)) return ZERO;
  const left = depth.get(order.position.marketId);
  return left === undefined ? order.quantity : least(order.quantity, left);
};

/** The pool is left with what the fill may bring under its case; the fund takes or pays the difference to what it brought. */
const settleClose = (state: VenueState, order: LiquidationOrder, quantity: Fraction, totals: ReplayTotals): void => {
  const { opened, position } = order;
  const { pool, bankruptcyValues } = opened;
  const before = present(bankruptcyValues.get(position.marketId));
  const owed = shareOf(before, quantity, position.quantity);
  const filled = { ...present(positionAtMark(state, position)), quantity };
  const brought = closeValueAt(filled, filled.market.markPrice);
  const surplus = brought.minus(owed);
  bankruptcyValues.set(position.marketId, before.minus(owed));
  pool.collateral = pool.collateral.plus(owed).minus(broughtBy(filled, takeOut(pool, position, quantity)));
  state.funds.set(pool.asset, present(state.funds.get(pool.asset)).plus(surplus));
  totals.add(position.marketId, 'fundReceived', greatest(ZERO, surplus));
  totals.add(position.marketId, 'fundPaid', greatest(ZERO, surplus.negated()));
};

/** A reduction trades for the pool's own account. */
const settleReduction = (state: VenueState, { opened: { pool }, position }: LiquidationOrder, quantity: Fraction): void => {
  const filled = { ...present(positionAtMark(state, position)), quantity };
  const { markPrice } = filled.market;
  const proceeds = broughtBy(filled, notionalAt(filled, markPrice)).minus(closingFeeAt(filled, markPrice));
  pool.collateral = pool.collateral.plus(proceeds).minus(broughtBy(filled, takeOut(pool, position, quantity)));
};

/** Fills the orders of a wave at the marks, in their order, as far as limits and depth allow, and settles each fill. */
export const fillOrders = (state: VenueState, depth: Depth, orders: readonly LiquidationOrder[], totals: ReplayTotals): void => {
  for (const order of orders) {
    const { marketId } = order.position;
    totals.count(marketId, 'liquidationOrders');
    const quantity = fillQuantity(state, depth, order);
    if (quantity.sign() === 0) continue;
    const left = depth.get(marketId);
    if (left !== undefined) depth.set(marketId, left.minus(quantity));
    totals.count(marketId, 'marketFills');
    totals.add(marketId, 'marketFilledQuantity', quantity);
    if (order.opened.kind === 'REDUCE') settleReduction(state, order, quantity);
    else settleClose(state, order, quantity, totals);
  }
};
