import type { LosersTreatment } from '../../policy.ts';
import { Decimal, ONE, ZERO } from '../../units/decimal.ts';
import { type Ratio, ratio } from '../../units/money.ts';

export interface ScoreWeights {
  readonly pnlRatio: number;
  readonly effectiveLeverage: number;
}

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

const comparable = (score: Decimal): Ratio => ratio(score.toSignificantDigits(DIGITS_COMPARED, Decimal.ROUND_HALF_EVEN));

/**
 * Deleveraging score: pnlRatio^a × effectiveLeverage^b for a position in profit; a, b the weights.
 *
 * Losers (pnlRatio < 0): DIVIDE → −|pnlRatio|^a ÷ effectiveLeverage^b; FLOOR_AT_ZERO → 0; EXCLUDE → ranked nowhere, by eligibility.
 * pnlRatio 0 or leverage 0 scores 0. Dimensionless, 48 digits. leverage > 0 expected otherwise.
 * Source: BitMEX auto-deleveraging (profit × leverage, losers divide), read 2026-11-22.
 */
export const profitTimesLeverage = (pnlRatio: Ratio, effectiveLeverage: Ratio, weights: ScoreWeights, losers: LosersTreatment): Ratio => {
  if (pnlRatio.isZero() || effectiveLeverage.isZero()) return ratio(ZERO);
  const leverageFactor = power(effectiveLeverage, weights.effectiveLeverage);
  if (pnlRatio.gt(0)) return comparable(power(pnlRatio, weights.pnlRatio).times(leverageFactor));
  if (losers !== 'DIVIDE') return ratio(ZERO);
  return comparable(power(pnlRatio.abs(), weights.pnlRatio).div(leverageFactor).negated());
};
