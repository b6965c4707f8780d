import { present } from '../invariant.ts';
import { type FillTerms, fillCost } from '../liquidation/fill-cost.ts';
import { fillablePrice } from '../liquidation/fillable-price.ts';
import type { LimitPolicy } from '../liquidation/limit-policy.ts';
import type { CaseLeg } from '../liquidation/liquidation-case.ts';
import type { MarginAssessment } from '../margin/assess-margin.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import { tickAgainstTrader } from '../market/tick-against-trader.ts';
import { larger, smaller, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, price } from '../units/money.ts';
import { closeCost, fillTermsOf, type PlannedOrder, planClose, planReduction } from './plan-orders.ts';

/** What an order of a leg is planned from. */
export interface CloseInput {
  /** The pool at the marks of the attempt, before its hedges are netted. */
  readonly assessment: MarginAssessment;
  readonly leg: CaseLeg;
  readonly market: MarkedMarket;
}

/** The fillable price; where the spread is the whole price, one tick, or the mark that is below one. */
const fillableOf = ({ assessment, leg, market }: CloseInput, policy: LimitPolicy): Price => {
  const each = present(
    assessment.positions.find(({ position }) => position.marketId === leg.marketId && position.side === leg.side),
    'a leg closes a position of the pool',
  );
  const { terms, markPrice } = market;
  const found = fillablePrice(assessment, each, present(policy.fillable, 'a fillable limit has its parameters'));
  return found ?? (terms.tickSize.lt(markPrice) ? terms.tickSize : markPrice);
};

/** The leg as it would fill at the fillable price, which is then what it may cost. */
const fillableTerms = (input: CloseInput, at: Price): FillTerms => fillTermsOf(input.leg, { ...input.market, markPrice: at });

/**
 * The order of a whole close whose limit is the fillable price, up to the tick for a SELL, down for a BUY; reserved is what it would cost if all of it filled
 * there, so that a better fill draws less. Where that is below one tick, or `available` does not pay for all of it there, what it pays for at the mark is
 * ordered instead: a fund with little left must not keep from the market what the market would take. null where that is nothing.
 */
const planFillable = (input: CloseInput, at: Price, available: Money): PlannedOrder | null => {
  const { leg, market } = input;
  const limitPrice = tickAgainstTrader(leg.side, at, market.terms.tickSize);
  if (leg.residualQuantity.isZero()) return null;
  const reserved = fillCost(fillableTerms(input, at), leg.residualQuantity);
  if (limitPrice === null || reserved.gt(available)) return planClose(leg, market, available);
  return { marketId: leg.marketId, positionSide: leg.side, quantity: leg.residualQuantity, limitPrice, reserved };
};

/** The order of a whole close under the law's limit, for what the fund has available; null when nothing can be ordered. */
export const planByLimit = (input: CloseInput, policy: LimitPolicy, available: Money): PlannedOrder | null => {
  switch (policy.limit) {
    case 'FUND_BACKED':
      return planClose(input.leg, input.market, available);
    case 'BANKRUPTCY':
      return planClose(input.leg, input.market, money(ZERO));
    case 'FILLABLE':
      return planFillable(input, fillableOf(input, policy), available);
  }
};

/** What closing the whole residual would cost the fund at worst: at the mark, or at the fillable price; nothing where the law does not back it. */
export const demandByLimit = (input: CloseInput, policy: LimitPolicy): Money => {
  if (input.leg.residualQuantity.isZero()) return money(ZERO);
  switch (policy.limit) {
    case 'FUND_BACKED':
      return closeCost(input.leg, input.market);
    case 'BANKRUPTCY':
      return money(ZERO);
    case 'FILLABLE':
      return fillCost(fillableTerms(input, fillableOf(input, policy)), input.leg.residualQuantity);
  }
};

/**
 * The order of a reduction under the law's limit: the whole leg for the pool's own account, nothing reserved.
 *
 * FUND_BACKED, BANKRUPTCY: no worse than the bankruptcy price, as there is nothing to reach past it with. FILLABLE: no worse than the fillable price either: the
 * higher of the two for a SELL, the lower for a BUY, each on the tick. Quote per base unit. null where the leg or one of the limits is nothing.
 * Source: dYdX v4, each portion is limited at GetFillablePrice, read 2026-11-22. That it never passes the bankruptcy price is ours: a reduction draws nothing.
 */
export const planPart = (input: CloseInput, policy: LimitPolicy): PlannedOrder | null => {
  const { leg, market } = input;
  const planned = planReduction(leg, market);
  if (planned === null || policy.limit !== 'FILLABLE') return planned;
  const fillable = tickAgainstTrader(leg.side, fillableOf(input, policy), market.terms.tickSize);
  if (fillable === null) return null;
  const nearer = leg.side === 'LONG' ? larger : smaller;
  return { ...planned, limitPrice: price(nearer(planned.limitPrice, fillable)) };
};
