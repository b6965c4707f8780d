import type { CaseLeg } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { SettlementInputs } from './settle-liquidation.ts';

type Orders = readonly LiquidationOrder[];

/** The order of a leg in the present attempt; null where none was sent. */
export const orderFor = (orders: Orders, leg: CaseLeg): LiquidationOrder | null =>
  orders.find((order) => order.marketId === leg.marketId && order.positionSide === leg.side) ?? null;

/** Legs that one commit settles, in the order of the case. */
export interface Portion {
  readonly legs: readonly CaseLeg[];
  /** Legs that earlier commits of the attempt settled, closed or not. */
  readonly before: readonly CaseLeg[];
  /** The case moves on with this commit. */
  readonly isLast: boolean;
}

/**
 * Items that the legs of one commit write, at most. A transaction holds 100: case and pool come beside them, and with the last legs each market that the
 * case halts, one for each of at most 40 legs. More than a case has legs, so that one with an order always fits behind those without.
 */
const LEG_ITEMS_MAX = 48;

/** A leg with an order writes order, posting, decision and at most one fund, a leg without one its decision alone. */
const itemsOf = (orders: Orders, leg: CaseLeg): number => (orderFor(orders, leg) === null ? 1 : 4);

/** Legs up to the last with a settled order. Every portion but the last ends with one, so they are the legs that are settled. */
const settledCount = ({ liquidation, orders }: SettlementInputs): number =>
  liquidation.legs.findLastIndex((leg) => orderFor(orders, leg)?.status === 'SETTLED') + 1;

/**
 * The next legs to settle. Strictly in the order of the case, with or without an order: each leg finds fund and pool as the one before left them, so
 * where the cuts are changes no amount.
 */
export const nextPortion = (inputs: SettlementInputs): Portion => {
  const { liquidation, orders } = inputs;
  const isOpen = (leg: CaseLeg): boolean => !leg.residualQuantity.isZero();
  const settled = settledCount(inputs);
  const before = liquidation.legs.slice(0, settled).filter((leg) => isOpen(leg) || orderFor(orders, leg) !== null);
  const open = liquidation.legs.slice(settled).filter(isOpen);
  let items = 0;
  let end = 0;
  for (const [index, leg] of open.entries()) {
    items += itemsOf(orders, leg);
    if (items > LEG_ITEMS_MAX && end > 0) return { legs: open.slice(0, end), before, isLast: false };
    if (orderFor(orders, leg) !== null) end = index + 1;
  }
  return { legs: open, before, isLast: true };
};
