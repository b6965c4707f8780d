import type { MarketTerms } from '../market/contract.ts';
import type { Side } from '../market/side.ts';
import { afterFeeFactor, settledSum, valueAt, valueSign } from '../market/valuation.ts';
import { type Decimal, larger, ZERO } from '../units/decimal.ts';
import { type Money, type Price, type Quantity, quantity } from '../units/money.ts';
import { ceilToQuantum, floorToLot } from '../units/rounding.ts';

/** The part of a leg that an order is about: `quantity` of `legQuantity`, whose close at the bankruptcy price brings in `legValue`. */
export interface FillTerms {
  readonly terms: MarketTerms;
  readonly side: Side;
  readonly legQuantity: Quantity;
  readonly legValue: Money;
  readonly markPrice: Price;
}

/** Exact cost per leg of filling it whole at the mark: B − v·V_mark·(1 − v·f); negative is a surplus. Settlement asset. */
const wholeCost = ({ terms, side, legQuantity, legValue, markPrice }: FillTerms): Decimal => {
  const received = valueSign(terms.contract, side)
    .times(valueAt(terms, legQuantity, markPrice))
    .times(afterFeeFactor(terms, side));
  return settledSum(terms.contract, legValue.minus(received));
};

/**
 * What filling `part` contracts of the leg at the mark would cost the fund: max(0, wholeCost·part/legQuantity), up to a quantum.
 * Settlement asset. Never less than what settling such a fill draws.
 */
export const fillCost = (fill: FillTerms, part: Quantity): Money =>
  ceilToQuantum(settledSum(fill.terms.contract, larger(ZERO, wholeCost(fill).times(part).div(fill.legQuantity))));

/**
 * The most contracts, whole or cut to the lot, whose cost at the mark `available` can pay.
 * The whole leg is never cut when it is affordable, even where it is no multiple of the lot.
 */
export const affordableQuantity = (fill: FillTerms, available: Money): Quantity => {
  if (fillCost(fill, fill.legQuantity).lte(available)) return fill.legQuantity;
  if (available.lte(0)) return quantity(ZERO);
  const affordable = floorToLot(fill.legQuantity.times(available).div(wholeCost(fill)), fill.terms.lotSize);
  // Rounding the cost up to a quantum may have taken it past what is there by less than a lot's worth.
  return fillCost(fill, affordable).lte(available) ? affordable : floorToLot(affordable.minus(fill.terms.lotSize), fill.terms.lotSize);
};
