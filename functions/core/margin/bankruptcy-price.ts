import type { MarketTerms } from '../market/contract.ts';
import type { Side } from '../market/side.ts';
import { afterFeeFactor, priceOfScaledValue, valueSign } from '../market/valuation.ts';
import { type Decimal, sum } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity } from '../units/money.ts';
import { floorToQuantum, snappedToZero } from '../units/rounding.ts';
import { type MarginAssessment, type PositionAssessment, signedEntryValue, signedNotional } from './assess-margin.ts';

/**
 * How the margin balance of a pool is shared over its positions. ZERO_PRICE: by released maintenance margin. OTHERS_FROZEN: each position is priced as if it
 * alone used up the balance while the others stay at their marks; of several that are closed together the first carries it, the others close at their marks.
 */
export type CrossBankruptcyPrice = 'ZERO_PRICE' | 'OTHERS_FROZEN';

/** Weight of a leg in the pool's margin balance: its maintenance margin; where the pool's is not positive, its notional value. */
const shareOfBalance = (assessment: MarginAssessment, each: PositionAssessment): Decimal =>
  assessment.maintenanceMargin.gt(0)
    ? assessment.marginBalance.times(each.maintenanceMargin).div(assessment.maintenanceMargin)
    : assessment.marginBalance.times(each.notionalValue).div(assessment.notionalValue);

/** What of the balance a position that is closed may use up: E. */
const balanceFor = (assessment: MarginAssessment, each: PositionAssessment, basis: CrossBankruptcyPrice): Decimal => {
  switch (basis) {
    case 'ZERO_PRICE':
      return shareOfBalance(assessment, each);
    case 'OTHERS_FROZEN':
      return assessment.marginBalance;
  }
};

const exactBankruptcyValue = (assessment: MarginAssessment, each: PositionAssessment, basis: CrossBankruptcyPrice): Decimal => {
  const { contract } = each.market.terms;
  const value = signedNotional(each).minus(balanceFor(assessment, each, basis));
  return contract === 'INVERSE' ? snappedToZero(value) : value;
};

/**
 * Price at which closing `quantity` changes the ledger value by `bankruptcyValue`, fees included: P = s·B / (Q·(1 − s·f)) (LINEAR),
 * P = Q·(1 + s·f) / (−s·B) (INVERSE). B signed, settlement asset; Q units of the contract; f taker fee rate. 64 digits, no tick rounding.
 * null where no positive and finite price does that: a LINEAR close that would have to cost something below zero, an INVERSE one whose value may sink to
 * nothing without using B up.
 */
export const priceOfValue = (terms: MarketTerms, side: Side, quantity: Quantity, bankruptcyValue: Decimal): Price | null =>
  priceOfScaledValue(terms, quantity, valueSign(terms.contract, side).times(bankruptcyValue), afterFeeFactor(terms, side));

/**
 * Returns the price at which closing the position leaves its share of the pool at exactly zero (the "zero price" of a cross pool).
 *
 * E_i = marginBalance·MM_i/ΣMM; LONG P = (Q·mark − E_i)/(Q·(1−f)), SHORT P = (Q·mark + E_i)/(Q·(1+f)).
 * An isolated pool is the case E = marginBalance: LONG (Q·Pe − M)/(Q·(1−f)). Q base units, f taker fee rate, money in the settlement asset.
 * INVERSE, Q quote units: LONG P = Q·(1+f)/(Q/mark + E_i), isolated Q·(1+f)/(Q/Pe + M); SHORT P = Q·(1−f)/(Q/mark − E_i), isolated Q·(1−f)/(Q/Pe − M).
 * Closing part of a pool at it leaves marginBalance/maintenanceMargin unchanged; closing all of it ends at zero. 64 digits.
 * Source: dYdX v4 liquidations.go and Lighter "zero price" (share by released maintenance margin); Bybit, inverse contracts; read 2026-11-22.
 * OTHERS_FROZEN: E_i = marginBalance for each position, the price that venues show for a cross position whose account holds others.
 * Returns null where no positive and finite price does that, as for a SHORT INVERSE with Q/Pe ≤ M: its coin outlasts any price.
 */
export const bankruptcyPrice = (
  assessment: MarginAssessment,
  each: PositionAssessment,
  basis: CrossBankruptcyPrice = 'ZERO_PRICE',
): Price | null =>
  priceOfValue(each.market.terms, each.position.side, each.position.quantity, exactBankruptcyValue(assessment, each, basis));

/** Parts of a total, floored to quanta, the last one taking the rest. */
const flooredParts = (total: Decimal, exact: readonly Decimal[]): readonly Money[] => {
  const parts = exact.slice(0, -1).map(floorToQuantum);
  return exact.length === 0 ? [] : [...parts, money(total.minus(sum(parts)))];
};

/**
 * Freezes what closing each leg at its bankruptcy price brings in, in quanta: B_i = v·notional_i − E_i, floored, the last leg takes the rest.
 * Σ B_i = Σ v·entryValue_i − balance exactly, so that a pool closed leg by leg ends at exactly zero. Order of the assessment's positions.
 * OTHERS_FROZEN: E of the first position is the whole balance, that of the others nothing. What becomes of the others no source says: with the whole
 * balance for each of them a pool would end below zero by as many balances as it has further positions.
 */
export const bankruptcyValues = (assessment: MarginAssessment, basis: CrossBankruptcyPrice = 'ZERO_PRICE'): readonly Money[] => {
  const total = sum(assessment.positions.map(signedEntryValue)).minus(assessment.pool.balance);
  const exact = assessment.positions.map((each, index) =>
    basis === 'ZERO_PRICE' || index === 0 ? exactBankruptcyValue(assessment, each, basis) : signedNotional(each),
  );
  return flooredParts(total, exact);
};
