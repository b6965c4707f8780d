import { affordableQuantity, type FillTerms, fillCost } from '../liquidation/fill-cost.ts';
import { limitPrice } from '../liquidation/limit-price.ts';
import type { CaseLeg } from '../liquidation/liquidation-case.ts';
import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { bankruptcyValues, type CrossBankruptcyPrice, priceOfValue } from '../margin/bankruptcy-price.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, ratio } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';

/** An order that a case is about to send: never of quantity zero. */
export interface PlannedOrder {
  readonly marketId: string;
  readonly positionSide: CaseLeg['side'];
  readonly quantity: Quantity;
  readonly limitPrice: Price;
  readonly reserved: Money;
}

const legOf = (each: PositionAssessment, closing: Quantity, legValue: Money): CaseLeg => ({
  marketId: each.position.marketId,
  side: each.position.side,
  quantityAtOpening: closing,
  residualQuantity: closing,
  bankruptcyValue: legValue,
  bankruptcyPrice: priceOfValue(each.market.terms, each.position.side, closing, legValue),
  liquidationFeeRate: ratio(ZERO),
  markAtOpening: each.market.markPrice,
  contributed: money(ZERO),
  awaitsDeleveraging: false,
});

/** Freezes the legs of a whole close: each position with its share of the pool, so that all of them end at exactly zero. */
export const wholeCloseLegs = (netted: MarginAssessment, basis: CrossBankruptcyPrice = 'ZERO_PRICE'): readonly CaseLeg[] => {
  const values = bankruptcyValues(netted, basis);
  return netted.positions.map((each, index) => legOf(each, each.position.quantity, values[index] ?? money(ZERO)));
};

/**
 * Freezes the legs of a reduction: the part that each position gives up, with that part of its share. Positions that stay are no legs. `quantities` in the
 * assessment's order, none above its position.
 */
export const reductionLegs = (
  netted: MarginAssessment,
  quantities: readonly Quantity[],
  basis: CrossBankruptcyPrice = 'ZERO_PRICE',
): readonly CaseLeg[] => {
  const values = bankruptcyValues(netted, basis);
  return netted.positions.flatMap((each, index) => {
    const closing = quantities[index];
    if (closing === undefined || closing.isZero()) return [];
    return [legOf(each, closing, shareOf(values[index] ?? money(ZERO), closing, each.position.quantity))];
  });
};

/** A leg's residual as an order that would fill at the market's mark. */
export const fillTermsOf = (leg: CaseLeg, market: MarkedMarket): FillTerms => ({
  terms: market.terms,
  side: leg.side,
  legQuantity: leg.residualQuantity,
  legValue: leg.bankruptcyValue,
  markPrice: market.markPrice,
});

/** What closing the whole residual at the mark would cost the fund. */
export const closeCost = (leg: CaseLeg, market: MarkedMarket): Money =>
  leg.residualQuantity.isZero() ? money(ZERO) : fillCost(fillTermsOf(leg, market), leg.residualQuantity);

/** The order of a reduction as far as any law lets it go: the whole leg for the pool's own account, no worse than the bankruptcy price, nothing reserved. */
export const planReduction = (leg: CaseLeg, market: MarkedMarket): PlannedOrder | null => {
  const limit = limitPrice(market.terms, leg.side, leg.residualQuantity, leg.bankruptcyValue, money(ZERO));
  if (limit === null || leg.residualQuantity.isZero()) return null;
  return { marketId: leg.marketId, positionSide: leg.side, quantity: leg.residualQuantity, limitPrice: limit, reserved: money(ZERO) };
};

/**
 * The order of a whole close: as much of the residual as `available` can pay for if all of it fills at the mark, cut to the lot.
 *
 * reserved = max(0, cost at the mark) of the ordered quantity; limit = the price at which filling it costs exactly that (see `limitPrice`).
 * null when nothing can be ordered: the whole residual then goes to the next stage.
 */
export const planClose = (leg: CaseLeg, market: MarkedMarket, available: Money): PlannedOrder | null => {
  const fill = fillTermsOf(leg, market);
  if (leg.residualQuantity.isZero()) return null;
  const ordered = affordableQuantity(fill, available);
  if (ordered.isZero()) return null;
  const reserved = fillCost(fill, ordered);
  const orderedValue: Decimal = leg.bankruptcyValue.times(ordered).div(leg.residualQuantity);
  const limit = limitPrice(market.terms, leg.side, ordered, orderedValue, reserved);
  return limit === null ? null : { marketId: leg.marketId, positionSide: leg.side, quantity: ordered, limitPrice: limit, reserved };
};
