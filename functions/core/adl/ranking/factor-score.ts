import { Decimal, larger, ONE, ZERO } from '../../units/decimal.ts';
import { type Ratio, ratio } from '../../units/money.ts';
import type { Counterparty } from '../counterparty.ts';
import { isSigned, profitFactorOf } from './profit-factor.ts';
import type { FactorLosers, FactorRanking, ProfitTerm, RiskTerm, ScoredRanking } from './ranking-policy.ts';
import { riskFactorOf } from './risk-factor.ts';

/** x^n for an integer −4…4 by repeated multiplication: the operator trap forbids `pow`, and four steps need none. */
const power = (base: Decimal, exponent: number): Decimal => {
  let product = ONE;
  for (let step = 0; step < (exponent < 0 ? -exponent : exponent); step += 1) product = product.times(base);
  return exponent < 0 ? ONE.div(product) : product;
};

/**
 * Scores are compared after rounding to this many digits: the last of the 64 are noise of the divisions, and scores that are equal must tie whatever
 * their factors were, so that the tie-break decides and not the noise.
 */
const DIGITS_COMPARED = 48;

/** A quotient as it is compared: to 48 digits, half-even. */
export const comparable = (value: Decimal): Ratio => ratio(value.toSignificantDigits(DIGITS_COMPARED, Decimal.ROUND_HALF_EVEN));

const atLeast = (floor: Ratio | null, value: Decimal): Decimal => (floor === null ? value : larger(floor, value));

/** Π factor^weight; zero where a factor is zero, whatever its weight; null where one is undefined. */
const productOf = (counterparty: Counterparty, terms: readonly RiskTerm[]): Decimal | null => {
  let product = ONE;
  for (const { factor, weight, floor } of terms) {
    const value = riskFactorOf(counterparty, factor);
    if (value === null) return null;
    const floored = atLeast(floor, value);
    product = floored.lte(0) ? ZERO : product.isZero() ? product : product.times(power(floored, weight));
  }
  return product;
};

/** Score of a loser. A negative profit keeps its size whatever its floor; a quotient of prices, which is positive, is raised to it. */
const lostScore = (profit: Decimal, { factor, weight, floor }: ProfitTerm, risk: Decimal, losers: FactorLosers): Decimal => {
  if (losers === 'FLOOR_AT_ZERO' || losers === 'EXCLUDE') return floor === null ? ZERO : power(floor, weight).times(risk);
  const size = isSigned(factor) ? profit.abs() : atLeast(floor, profit);
  if (size.lte(0)) return ZERO;
  const gained = power(size, weight);
  const scored = losers === 'DIVIDE' ? gained.div(risk) : gained.times(risk);
  return isSigned(factor) ? scored.negated() : scored;
};

/** The form as a profit and further factors: PROFIT_TIMES_LEVERAGE is the pair pnlRatio, effectiveLeverage without floors. */
export const termsOf = (policy: ScoredRanking): Pick<FactorRanking, 'profit' | 'factors' | 'losers'> => {
  switch (policy.formula) {
    case 'PROFIT_TIMES_LEVERAGE':
      return {
        profit: { factor: 'pnlRatio', weight: policy.weights.pnlRatio, floor: null, walletFloor: null },
        factors: [{ factor: 'effectiveLeverage', weight: policy.weights.effectiveLeverage, floor: null }],
        losers: policy.losers,
      };
    case 'FACTORS':
      return policy;
  }
};

/**
 * Deleveraging score: p^a · Π r^b, p the profit factor, r the further ones, a and b integer exponents; the highest is next in line. Dimensionless, 48 digits.
 *
 * A floor, above zero, raises its factor to at least that. A factor of zero gives score 0, whatever its weight.
 * Losers (UPnL < 0), of which p may be negative: DIVIDE → −|p|^a ÷ Π r^b; MULTIPLY → −|p|^a · Π r^b; FLOOR_AT_ZERO → p counts as zero, or as its floor;
 * EXCLUDE → the same, and ranked nowhere, by eligibility. Where p is a quotient of prices it is positive and the sign stays positive.
 * null, with no place in the ranking, where a factor is undefined: a pool without a positive margin balance, a leverage without end.
 * Source: BitMEX (profit × leverage, losers divide), OKX, GRVT and Bitget (losers by the margin ratio the other way round), Binance by way of ebi.xyz and
 * Aevo (floored at zero), WhiteBIT (multiplied, never selected), Hyperliquid decompiled by OtterSec (each factor at least 1e-8); read 2026-11-22.
 */
export const scoreOf = (counterparty: Counterparty, policy: ScoredRanking): Ratio | null => {
  const { profit, factors, losers } = termsOf(policy);
  const gained = profitFactorOf(counterparty, profit);
  const risk = productOf(counterparty, factors);
  if (gained === null || risk === null) return null;
  if (risk.isZero()) return ratio(ZERO);
  if (counterparty.assessed.unrealizedPnl.lt(0)) return comparable(lostScore(gained, profit, risk, losers));
  const floored = atLeast(profit.floor, gained);
  return floored.lte(0) ? ratio(ZERO) : comparable(power(floored, profit.weight).times(risk));
};
