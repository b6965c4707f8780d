import { present } from '../invariant.ts';
import type { PositionAssessment } from '../margin/assess-margin.ts';
import { marginedValue } from '../margin/position-margin.ts';
import type { ContractTerms } from '../market/contract.ts';
import { type Decimal, smaller, ZERO } from '../units/decimal.ts';
import { type Price, type Quantity, quantity, type Ratio } from '../units/money.ts';
import { ceilToLot } from '../units/rounding.ts';
import { remainingPart } from './remaining-part.ts';

/** Contracts whose value at the price is `value`, one division. */
const contractsWorth = ({ contract, multiplier }: ContractTerms, value: Decimal, at: Price): Decimal => {
  switch (contract) {
    case 'LINEAR':
      return value.div(at.times(multiplier));
    case 'INVERSE':
      return value.times(at).div(multiplier);
  }
};

/** Contracts that a tier with this cap holds: the cap itself where tiers are by contracts, else as many as are worth it at the mark or at the entry. */
const contractsWithin = ({ position, market, notionalValue }: PositionAssessment, cap: Decimal): Decimal => {
  const { measuredIn, valuedAt } = market.terms.tierTable.policy;
  if (measuredIn === 'CONTRACTS') return cap;
  if (valuedAt === 'MARK') return contractsWorth(market.terms, cap, market.markPrice);
  return cap.times(position.quantity).div(marginedValue(market.terms.tierTable, position, notionalValue));
};

/** Where a boundary belongs to the higher tier, landing on it is not enough: one lot more. */
const pastBoundary = (assessed: PositionAssessment, closing: Decimal, target: number): Decimal => {
  const { tierTable, lotSize } = assessed.market.terms;
  if (tierTable.policy.boundary === 'LOWER_TIER') return closing;
  const rest = remainingPart(assessed, assessed.position.quantity.minus(closing));
  return rest.tier.index > target ? smaller(assessed.position.quantity, closing.plus(lotSize)) : closing;
};

/**
 * Contracts to close so that the position enters the tier `tiers` below its own, at most the lowest: min(q, ceilToLot(q − kept)), kept the contracts that
 * are worth the cap of that tier: cap / (mark·multiplier) (LINEAR), cap·mark / multiplier (INVERSE), the cap itself where tiers are by contracts; zero in
 * tier 0. cap in the settlement asset; a boundary belongs to the tier that the table says.
 */
export const tierStepQuantity = (assessed: PositionAssessment, tiers: number): Quantity => {
  const { terms } = assessed.market;
  if (assessed.tier.index === 0) return quantity(ZERO);
  const target = assessed.tier.index > tiers ? assessed.tier.index - tiers : 0;
  const lower = present(terms.tierTable.tiers[target], 'a tier above 0 has one below');
  const cap = present(lower.notionalCap, 'only a last tier is without cap');
  const excess = ceilToLot(assessed.position.quantity.minus(contractsWithin(assessed, cap)), terms.lotSize);
  return quantity(pastBoundary(assessed, smaller(assessed.position.quantity, excess), target));
};

/** min(q, ceilToLot(q·fraction)): contracts of a fraction, up to the lot, never more than the position. */
export const fractionQuantity = (assessed: PositionAssessment, fraction: Ratio): Quantity =>
  quantity(smaller(assessed.position.quantity, ceilToLot(assessed.position.quantity.times(fraction), assessed.market.terms.lotSize)));
