import type { PositionAssessment } from '../margin/assess-margin.ts';
import { type Decimal, larger, smaller, ZERO } from '../units/decimal.ts';
import { type Money, type Quantity, quantity } from '../units/money.ts';
import { ceilToLot, floorToLot } from '../units/rounding.ts';
import type { ReductionEvent } from './reduction-policy.ts';

type PortionEvent = Extract<ReductionEvent, { readonly type: 'REDUCE_BY_PORTION' }>;

/** Contracts worth `value` at the mark; one division. */
const contractsWorth = ({ position, notionalValue }: PositionAssessment, value: Decimal): Decimal =>
  value.times(position.quantity).div(notionalValue);

/** min(q, ceilToLot(max(q·fraction, contracts worth the minimum))): what one interval may take of one position. */
const portionOf = (each: PositionAssessment, { fraction, minimumNotional }: PortionEvent): Decimal => {
  const { position, market } = each;
  const portion = larger(position.quantity.times(fraction), contractsWorth(each, minimumNotional));
  return smaller(position.quantity, ceilToLot(portion, market.terms.lotSize));
};

/** Of the portion what the pool's allowance still has, down to the lot; a whole position that it covers is not cut. */
const allowedOf = (each: PositionAssessment, portion: Decimal, allowance: Money | Decimal): Decimal => {
  const worth = contractsWorth(each, allowance);
  return portion.lte(worth) ? portion : floorToLot(larger(ZERO, worth), each.market.terms.lotSize);
};

/**
 * Contracts that one interval closes of each position, in the order given: a fraction of it, at least `minimumNotional` worth, up to the lot, never more
 * than held; all of them together at most `maximumNotional` at the mark, the last one that fits cut down to the lot. Settlement asset.
 * One reduction a pool and interval, so that no position gives two portions in one. What one lot is worth more than the maximum is never closed by it: a
 * visible residual, which a rule for a worse margin has to take.
 * Source: dYdX v4 default parameters, 10 % of a position, at least 1,000 of it, at most 100,000 a subaccount and block, read 2026-11-22. Its bound on the
 * insurance loss a block is the fund's `drawCapPerInterval`; a reduction draws nothing.
 */
export const portionQuantities = (inOrder: readonly PositionAssessment[], event: PortionEvent): readonly Quantity[] => {
  let allowance: Decimal = event.maximumNotional;
  return inOrder.map((each) => {
    const closing = allowedOf(each, portionOf(each, event), allowance);
    allowance = allowance.minus(each.notionalValue.times(closing).div(each.position.quantity));
    return quantity(closing);
  });
};
