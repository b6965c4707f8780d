import type { MarketTerms } from '../market/contract.ts';
import type { Side } from '../market/side.ts';
import { sideSign } from '../market/side.ts';
import { afterFeeFactor, baseQuantity } from '../market/valuation.ts';
import { type Decimal, sum } from '../units/decimal.ts';
import { type Money, money, type Price, price, type Quantity } from '../units/money.ts';
import { floorToQuantum } from '../units/rounding.ts';
import type { MarginAssessment, PositionAssessment } from './assess-margin.ts';

/** Weight of a leg in the pool's margin balance: its maintenance margin; where the pool's is not positive, its notional value. */
const shareOfBalance = (assessment: MarginAssessment, each: PositionAssessment): Decimal =>
  assessment.maintenanceMargin.gt(0)
    ? assessment.marginBalance.times(each.maintenanceMargin).div(assessment.maintenanceMargin)
    : assessment.marginBalance.times(each.notionalValue).div(assessment.notionalValue);

const exactBankruptcyValue = (assessment: MarginAssessment, each: PositionAssessment): Decimal =>
  sideSign(each.position.side).times(each.notionalValue).minus(shareOfBalance(assessment, each));

/**
 * Price at which closing `quantity` changes the ledger value by `bankruptcyValue`, fees included: P = s·B / (Q·(1 − s·f)).
 * B signed, settlement asset; Q base units; f taker fee rate. 64 digits, no tick rounding. null where it is not positive.
 */
export const priceOfValue = (terms: MarketTerms, side: Side, quantity: Quantity, bankruptcyValue: Decimal): Price | null => {
  const at = sideSign(side)
    .times(bankruptcyValue)
    .div(baseQuantity(terms, quantity).times(afterFeeFactor(terms, side)));
  return at.gt(0) ? price(at) : null;
};

/**
 * Returns the price at which closing the position leaves its share of the pool at exactly zero (the "zero price" of a cross pool).
 *
 * E_i = marginBalance·MM_i/ΣMM; LONG P = (Q·mark − E_i)/(Q·(1−f)), SHORT P = (Q·mark + E_i)/(Q·(1+f)).
 * An isolated pool is the case E = marginBalance: LONG (Q·Pe − M)/(Q·(1−f)). Q base units, f taker fee rate, money in the settlement asset.
 * Closing part of a pool at it leaves marginBalance/maintenanceMargin unchanged; closing all of it ends at zero. 64 digits.
 * Source: dYdX v4 liquidations.go and Lighter "zero price" (share by released maintenance margin), read 2026-11-22.
 * Returns null where no positive price does that.
 */
export const bankruptcyPrice = (assessment: MarginAssessment, each: PositionAssessment): Price | null =>
  priceOfValue(each.market.terms, each.position.side, each.position.quantity, exactBankruptcyValue(assessment, each));

/**
 * Freezes what closing each leg at its bankruptcy price brings in, in quanta: B_i = s·notional_i − E_i, floored, the last leg takes the rest.
 * Σ B_i = Σ s·entryValue_i − balance exactly, so that a pool closed leg by leg ends at exactly zero. Order of the assessment's positions.
 */
export const bankruptcyValues = (assessment: MarginAssessment): readonly Money[] => {
  const total = sum(assessment.positions.map((each) => sideSign(each.position.side).times(each.position.entryValue))).minus(
    assessment.pool.balance,
  );
  const values = assessment.positions.slice(0, -1).map((each) => floorToQuantum(exactBankruptcyValue(assessment, each)));
  return assessment.positions.length === 0 ? [] : [...values, money(total.minus(sum(values)))];
};
