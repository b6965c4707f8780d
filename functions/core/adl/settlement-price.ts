import { unreachable } from '../invariant.ts';
import { priceOfValue } from '../margin/bankruptcy-price.ts';
import type { MarketTerms } from '../market/contract.ts';
import { opposite, type Side } from '../market/side.ts';
import { settledSum, takerFee, valueAt, valueSign } from '../market/valuation.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { floorToQuantum, shareOf } from '../units/rounding.ts';

/** A bankrupt position, or what is left of it, with what its close at the bankruptcy price brings in (signed, net of the taker fee). */
export interface Residual {
  readonly terms: MarketTerms;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly bankruptcyValue: Money;
  /** The bankruptcy price. */
  readonly price: Price;
}

/** What counterparties close at: the bankruptcy price, or another one whose difference to it is the fund's. */
export type ClosesAt = { readonly kind: 'BANKRUPTCY' } | { readonly kind: 'OTHER'; readonly price: Price };

export const AT_BANKRUPTCY: ClosesAt = { kind: 'BANKRUPTCY' };

/** The residual of a leg in liquidation; its price follows from what is left of its frozen value. null where no positive price does. */
export const residualOfValue = (terms: MarketTerms, side: Side, open: Quantity, bankruptcyValue: Money): Residual | null => {
  const at = priceOfValue(terms, side, open, bankruptcyValue);
  return at === null ? null : { terms, side, quantity: open, bankruptcyValue, price: at };
};

/** The residual of a position given with its bankruptcy price, as books state it: B = v·V − V·f, in quanta. */
export const residualAtPrice = (terms: MarketTerms, side: Side, open: Quantity, at: Price): Residual => {
  const value = valueAt(terms, open, at);
  const received = valueSign(terms.contract, side).times(value).minus(takerFee(terms, value));
  const bankruptcyValue = floorToQuantum(settledSum(terms.contract, received));
  return { terms, side, quantity: open, bankruptcyValue, price: at };
};

/** How the value of one transfer splits between the bankrupt account, the fee account, the counterparty and the fund; they sum to zero. */
export interface TransferValue {
  readonly toBankrupt: Money;
  readonly fee: Money;
  readonly toCounterparty: Money;
  /** Zero at the bankruptcy price; negative where the fund pays. */
  readonly toFund: Money;
}

/** v·V at the price for the side opposite to the residual: what closing `part` brings its counterparty. Settlement asset, signed. */
const counterpartyValue = ({ terms, side }: Residual, part: Quantity, at: Price): Decimal =>
  settledSum(terms.contract, valueSign(terms.contract, opposite(side)).times(valueAt(terms, part, at)));

/**
 * Value of transferring `part` of a residual, in quanta.
 *
 * toBankrupt = floor share of B (the last part takes the rest); fee = floor(V_part·f) out of the bankrupt's price, both whatever the counterparty
 * closes at. At the bankruptcy price the counterparty pays both and the fund nothing. At another one it gets floor(v·V_part), and the fund the rest:
 * toFund = −(toBankrupt + fee + toCounterparty). The counterparty bears less than one quantum. Settlement asset.
 */
export const transferValue = (residual: Residual, part: Quantity, closesAt: ClosesAt = AT_BANKRUPTCY): TransferValue => {
  const toBankrupt = shareOf(residual.bankruptcyValue, part, residual.quantity);
  const fee = takerFee(residual.terms, valueAt(residual.terms, part, residual.price));
  const paid = toBankrupt.plus(fee);
  switch (closesAt.kind) {
    case 'BANKRUPTCY':
      return { toBankrupt, fee, toCounterparty: money(paid.negated()), toFund: money(ZERO) };
    case 'OTHER': {
      const toCounterparty = floorToQuantum(counterpartyValue(residual, part, closesAt.price));
      return { toBankrupt, fee, toCounterparty, toFund: money(paid.plus(toCounterparty).negated()) };
    }
    default:
      return unreachable(closesAt);
  }
};

/**
 * What the fund would pay for closing all of the residual at the price: B + V·f + v·V, exact but for the digits of a quotient; negative where it gains,
 * zero at the bankruptcy price. Settlement asset. Transfers of a part together never cost more than their part of it.
 */
export const fundCostOf = (residual: Residual, closesAt: ClosesAt): Decimal => {
  if (closesAt.kind === 'BANKRUPTCY') return ZERO;
  const { terms, quantity: open, bankruptcyValue, price: bankruptcyPrice } = residual;
  const fee = valueAt(terms, open, bankruptcyPrice).times(terms.takerFeeRate);
  return settledSum(terms.contract, bankruptcyValue.plus(fee).plus(counterpartyValue(residual, open, closesAt.price)));
};

/** What is left after `part` was transferred; the price of the plan stays. */
export const residualAfter = (residual: Residual, part: Quantity): Residual => ({
  ...residual,
  quantity: quantity(residual.quantity.minus(part)),
  bankruptcyValue: money(residual.bankruptcyValue.minus(shareOf(residual.bankruptcyValue, part, residual.quantity))),
});

/**
 * What a counterparty gives up by closing `part` at the settlement price instead of the mark: v·(V_mark − V_P), v by the counterparty's side and V_P the
 * value it is booked at in quanta: s·(mark − P)·q·multiplier (LINEAR), s·q·multiplier·(1/P − 1/mark) (INVERSE) but for less than two quanta.
 * Settlement asset, exact (INVERSE: to 40 places); negative when it receives.
 */
export const haircutOf = (residual: Residual, part: Quantity, value: TransferValue, markPrice: Price): Money => {
  const { terms, side } = residual;
  const given = valueSign(terms.contract, opposite(side)).times(valueAt(terms, part, markPrice));
  return money(settledSum(terms.contract, given.minus(value.toCounterparty)));
};
