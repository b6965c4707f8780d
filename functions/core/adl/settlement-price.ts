import { priceOfValue } from '../margin/bankruptcy-price.ts';
import type { MarketTerms } from '../market/contract.ts';
import { type Side, sideSign } from '../market/side.ts';
import { takerFee, valueAt } from '../market/valuation.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { floorToQuantum, shareOf } from '../units/rounding.ts';

/** A bankrupt position, or what is left of it, with what its close at the bankruptcy price brings in (signed, net of the taker fee). */
export interface Residual {
  readonly terms: MarketTerms;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly bankruptcyValue: Money;
  readonly price: Price;
}

/** The residual of a leg in liquidation; its price follows from what is left of its frozen value. null where no positive price does. */
export const residualOfValue = (terms: MarketTerms, side: Side, open: Quantity, bankruptcyValue: Money): Residual | null => {
  const at = priceOfValue(terms, side, open, bankruptcyValue);
  return at === null ? null : { terms, side, quantity: open, bankruptcyValue, price: at };
};

/** The residual of a position given with its bankruptcy price, as books state it: B = s·V − V·f, in quanta. */
export const residualAtPrice = (terms: MarketTerms, side: Side, open: Quantity, at: Price): Residual => {
  const value = valueAt(terms, open, at);
  const bankruptcyValue = floorToQuantum(sideSign(side).times(value).minus(takerFee(terms, value)));
  return { terms, side, quantity: open, bankruptcyValue, price: at };
};

/** How the value of one transfer splits between the bankrupt account, the fee account and the counterparty; the three sum to zero. */
export interface TransferValue {
  readonly toBankrupt: Money;
  readonly fee: Money;
  readonly toCounterparty: Money;
}

/**
 * Value of transferring `part` of a residual at its bankruptcy price, in quanta.
 *
 * toBankrupt = floor share of B (the last part takes the rest); fee = floor(V_part·f) out of the bankrupt's price; the counterparty pays both.
 * The counterparty bears less than one quantum. Settlement asset.
 */
export const transferValue = (residual: Residual, part: Quantity): TransferValue => {
  const toBankrupt = shareOf(residual.bankruptcyValue, part, residual.quantity);
  const fee = takerFee(residual.terms, valueAt(residual.terms, part, residual.price));
  return { toBankrupt, fee, toCounterparty: money(toBankrupt.plus(fee).negated()) };
};

/** What is left after `part` was transferred; the price of the plan stays. */
export const residualAfter = (residual: Residual, part: Quantity): Residual => ({
  ...residual,
  quantity: quantity(residual.quantity.minus(part)),
  bankruptcyValue: money(residual.bankruptcyValue.minus(shareOf(residual.bankruptcyValue, part, residual.quantity))),
});

/**
 * What a counterparty gives up by closing `part` at the settlement price instead of the mark: s·(V_mark − V_P), s the counterparty's side and V_P the
 * value it is booked at in quanta: s·(mark − P)·q·multiplier but for less than two quanta. Settlement asset, exact; negative when it receives.
 */
export const haircutOf = (residual: Residual, part: Quantity, value: TransferValue, markPrice: Price): Money => {
  const counterpartySign = sideSign(residual.side).negated();
  return money(counterpartySign.times(valueAt(residual.terms, part, markPrice)).minus(value.toCounterparty));
};
