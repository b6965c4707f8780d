import type { LosersTreatment } from '../../policy.ts';
import { type Decimal, ONE, ZERO } from '../../units/decimal.ts';
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
 * Deleveraging score: pnlRatio^a × effectiveLeverage^b for a position in profit; a, b the weights.
 *
 * Losers (pnlRatio < 0): DIVIDE → −|pnlRatio|^a ÷ effectiveLeverage^b; FLOOR_AT_ZERO → 0; EXCLUDE → ranked nowhere, by eligibility.
 * pnlRatio 0 or leverage 0 scores 0. Dimensionless, 64 digits. leverage > 0 expected otherwise.
 * Source: BitMEX auto-deleveraging (profit × leverage, losers divide), read 2026-11-22.
 */
export const profitTimesLeverage = (pnlRatio: Ratio, effectiveLeverage: Ratio, weights: ScoreWeights, losers: LosersTreatment): Ratio => {
  if (pnlRatio.isZero() || effectiveLeverage.isZero()) return ratio(ZERO);
  const leverageFactor = power(effectiveLeverage, weights.effectiveLeverage);
  if (pnlRatio.gt(0)) return ratio(power(pnlRatio, weights.pnlRatio).times(leverageFactor));
  if (losers !== 'DIVIDE') return ratio(ZERO);
  return ratio(power(pnlRatio.abs(), weights.pnlRatio).div(leverageFactor).negated());
};
