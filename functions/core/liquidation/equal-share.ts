import type { MarginAssessment } from '../margin/assess-margin.ts';
import { type Decimal, smaller, sum } from '../units/decimal.ts';
import { type Quantity, quantity, type Ratio } from '../units/money.ts';
import { ceilToLot, snappedToZero } from '../units/rounding.ts';
import { balanceAfter, type Shrunk } from './close-effect.ts';
import type { ReductionEvent, SizingPolicy } from './reduction-policy.ts';
import { remainingPart } from './remaining-part.ts';

type EqualEvent = Extract<ReductionEvent, { readonly type: 'REDUCE_EQUALLY' }>;

const quantitiesAt = ({ positions }: MarginAssessment, share: Ratio): readonly Quantity[] =>
  positions.map(({ position, market }) =>
    quantity(smaller(position.quantity, ceilToLot(position.quantity.times(share), market.terms.lotSize))),
  );

/** Whether marginRatio < bound once the quantities are closed: required < bound·balance, without dividing. A balance of nothing never is. */
const isBelow = (assessment: MarginAssessment, closing: readonly Decimal[], bound: Ratio, policy: SizingPolicy): boolean => {
  const parts = assessment.positions.map((each, at): Shrunk => {
    const close = closing[at] ?? each.position.quantity;
    return { each, rest: remainingPart(each, each.position.quantity.minus(close)) };
  });
  const balance = balanceAfter(assessment, parts, policy);
  const required = sum(parts.map(({ rest }) => rest.maintenanceMargin.plus(rest.closingFee)));
  return balance.gt(0) && snappedToZero(balance.times(bound).minus(required)).gt(0);
};

/**
 * Contracts to close of each position, the same share of all of them, in the assessment's order: the smallest share of the grid after which
 * marginRatio = Σ (MM + closing fee) of what is left / (E − Σ cost) < bound; the largest where none is enough. Each up to the lot, never more than held.
 * The cost holds the liquidation fee, whose rate and basis are the execution's. An equal share is of all positions whatever the order of legs.
 * Source: Paradex, liquidation steps of 20, 40, 60, 80, 100 % to a margin ratio below 90 % after the penalty, read 2026-11-22.
 */
export const equalQuantities = (
  assessment: MarginAssessment,
  { shares, marginRatioBelow }: EqualEvent,
  policy: SizingPolicy,
): readonly Quantity[] => {
  const inOrder = shares.toSorted((a, b) => a.comparedTo(b));
  const steps = inOrder.map((share) => quantitiesAt(assessment, share));
  return steps.find((closing) => isBelow(assessment, closing, marginRatioBelow, policy)) ?? steps.at(-1) ?? [];
};
