import { isWithinVenueBounds, VENUE_BOUNDS } from '../account/venue-bounds.ts';
import { ok, type Result, refused } from '../result.ts';
import { sum } from '../units/decimal.ts';
import { type Price, quantity } from '../units/money.ts';
import { isFillable } from './limit-price.ts';
import { FILLS_PER_ORDER_MAX, type Fill, type LiquidationOrder } from './order.ts';

/** What the venue tells about one of its orders in one go. */
export interface FillReport {
  /** In the order of their numbers, the last one being `fillSequence`; none for an end alone. */
  readonly fills: readonly Fill[];
  /** Number of the last fill once the report is booked; 0 for none. Fills are numbered 1, 2, 3, … in each order. */
  readonly fillSequence: number;
  /** Whether nothing comes after. */
  readonly ends: boolean;
}

const isThere = (found: Fill | undefined, fill: Fill): boolean => found?.quantity.eq(fill.quantity) === true && found.price.eq(fill.price);

/** Why a report makes no sense by itself, whatever the order; null when it does. */
export const reportRefusal = ({ fills, fillSequence }: FillReport): string | null => {
  if (fillSequence < fills.length || fillSequence > FILLS_PER_ORDER_MAX || fillSequence % 1 !== 0) {
    return `fills are numbered from 1 to \`${FILLS_PER_ORDER_MAX}\`; the last of ${fills.length} is not number \`${fillSequence}\``;
  }
  if (!fills.every((fill) => fill.quantity.gt(0))) return 'the quantity of a fill is above zero';
  const quantityAt = fills.findIndex((fill) => !isWithinVenueBounds(fill.quantity));
  if (quantityAt >= 0) return `\`fills[${quantityAt}].quantity\` is ${VENUE_BOUNDS}`;
  const priceAt = fills.findIndex((fill) => !isWithinVenueBounds(fill.price));
  return priceAt < 0 ? null : `\`fills[${priceAt}].price\` is ${VENUE_BOUNDS}`;
};

/** Why the report contradicts what the order has of it already; null when it does not. */
const contradiction = (order: LiquidationOrder, { fills, fillSequence, ends }: FillReport): string | null => {
  const numberBefore = fillSequence - fills.length;
  if (numberBefore > order.fillSequence) return `fill \`${numberBefore}\` is missing, the last one is \`${order.fillSequence}\``;
  const other = fills.findIndex((fill, place) => {
    const number = numberBefore + place + 1;
    return number <= order.fillSequence && !isThere(order.fills[number - 1], fill);
  });
  if (other >= 0) return `fill \`${numberBefore + other + 1}\` is there with another content`;
  return ends && fillSequence < order.fillSequence ? `the end comes after fill \`${order.fillSequence}\`, not \`${fillSequence}\`` : null;
};

/**
 * What a report makes of an order: its next version, or null where all of it is booked already. The fills' list, their Σ and the last number are told
 * absolutely, so that booking twice is booking once.
 *
 * Refuses a fill whose number leaves a gap, one that is there with another content, an end that overtakes a fill, fills beyond the order's quantity, and
 * everything new on an order that has ended. Contracts; Σ fills ≤ quantity.
 */
export const reportedOrder = (order: LiquidationOrder, report: FillReport): Result<LiquidationOrder | null, string> => {
  const refusal = reportRefusal(report) ?? contradiction(order, report);
  if (refusal !== null) return refused(refusal);
  const newCount = report.fillSequence > order.fillSequence ? report.fillSequence - order.fillSequence : 0;
  if (newCount === 0 && (!report.ends || order.status !== 'NEW')) return ok(null);
  if (order.status !== 'NEW') return refused(`order \`${order.orderId}\` has ended`);
  const fills = [...order.fills, ...report.fills.slice(report.fills.length - newCount)];
  const filledQuantity = quantity(sum(fills.map((fill) => fill.quantity)));
  if (filledQuantity.gt(order.quantity)) return refused(`fills of \`${filledQuantity}\` exceed the order's quantity \`${order.quantity}\``);
  const status = report.ends ? 'ENDED' : order.status;
  const fillSequence = fills.length;
  return ok({ ...order, fills, fillSequence, filledQuantity, status, version: order.version + 1, lastWriter: 'VENUE' });
};

const isWorse = ({ side, limitPrice }: LiquidationOrder, { price }: Fill): boolean =>
  side === 'SELL' ? price.lt(limitPrice) : price.gt(limitPrice);

/** Fills at a price worse than the order's limit: below it for a SELL, above it for a BUY. Only the tick of the market tells whether they are allowed. */
export const fillsPastLimit = (order: LiquidationOrder, fills: readonly Fill[]): readonly Fill[] =>
  fills.filter((fill) => isWorse(order, fill));

/** Whether the order may fill at these prices: rounded to the tick as the limit was, each may be worse by less than a tick. */
export const isWithinLimit = ({ side, limitPrice }: LiquidationOrder, fills: readonly Fill[], tickSize: Price): boolean =>
  fills.every(({ price }) => isFillable(side, limitPrice, price, tickSize));
