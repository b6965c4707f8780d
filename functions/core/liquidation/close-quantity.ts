import { present } from '../invariant.ts';
import type { PositionAssessment } from '../margin/assess-margin.ts';
import { smaller, ZERO } from '../units/decimal.ts';
import { type Quantity, quantity, type Ratio } from '../units/money.ts';
import { ceilToLot } from '../units/rounding.ts';
import type { ReductionSize } from './decide-margin.ts';

/**
 * Contracts to close so that the position enters the next lower tier: min(q, ceilToLot(q − cap_below / (mark·multiplier))); zero in tier 0.
 * cap_below is the cap of the tier below, settlement asset (a boundary belongs to the lower tier, so landing on it is enough).
 */
const toLowerTier = (assessed: PositionAssessment): Quantity => {
  const { terms, markPrice } = assessed.market;
  if (assessed.tier.index === 0) return quantity(ZERO);
  const below = present(terms.tierTable.tiers[assessed.tier.index - 1], 'a tier above 0 has one below');
  const cap = present(below.notionalCap, 'only a last tier is without cap');
  const excess = assessed.position.quantity.minus(cap.div(markPrice.times(terms.multiplier)));
  return quantity(smaller(assessed.position.quantity, ceilToLot(excess, terms.lotSize)));
};

/** min(q, ceilToLot(q·fraction)). */
const byFraction = (assessed: PositionAssessment, fraction: Ratio): Quantity =>
  quantity(smaller(assessed.position.quantity, ceilToLot(assessed.position.quantity.times(fraction), assessed.market.terms.lotSize)));

/** Contracts of one position that a reduction closes; rounded up to the lot, never more than the position. One step per pool and mark. */
export const reductionQuantity = (assessed: PositionAssessment, size: ReductionSize): Quantity =>
  size.kind === 'ONE_TIER' ? toLowerTier(assessed) : byFraction(assessed, size.fraction);
