import { present } from '../invariant.ts';
import { affordableQuantity, type FillTerms, fillCost } from '../liquidation/fill-cost.ts';
import { fillablePrice } from '../liquidation/fillable-price.ts';
import type { LimitPolicy } from '../liquidation/limit-policy.ts';
import type { CaseLeg } from '../liquidation/liquidation-case.ts';
import type { MarginAssessment } from '../margin/assess-margin.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import { tickAgainstTrader } from '../market/tick-against-trader.ts';
import { ZERO } from '../units/decimal.ts';
import { type Money, money, type Price } from '../units/money.ts';
import { closeCost, fillTermsOf, type PlannedOrder, planClose } from './plan-orders.ts';

/** What the order of a whole close is planned from. */
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
 * The order of a whole close whose limit is the fillable price, up to the tick for a SELL, down for a BUY (null below one tick).
 * As much as `available` can pay for if all of it fills at that price; reserved is what that would cost, so that a better fill draws less.
 */
const planFillable = (input: CloseInput, at: Price, available: Money): PlannedOrder | null => {
  const { leg, market } = input;
  const limitPrice = tickAgainstTrader(leg.side, at, market.terms.tickSize);
  if (leg.residualQuantity.isZero() || limitPrice === null) return null;
  const fill = fillableTerms(input, at);
  const quantity = affordableQuantity(fill, available);
  if (quantity.isZero()) return null;
  return { marketId: leg.marketId, positionSide: leg.side, quantity, limitPrice, reserved: fillCost(fill, quantity) };
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
