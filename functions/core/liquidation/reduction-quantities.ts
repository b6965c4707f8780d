import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { ZERO } from '../units/decimal.ts';
import { type Quantity, quantity } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import { fractionQuantity, tierStepQuantity } from './close-quantity.ts';
import { equalQuantities } from './equal-share.ts';
import { closesAll, isCoolingDown } from './last-reduction.ts';
import { byLegOrder } from './leg-order.ts';
import { portionQuantities } from './portion-quantity.ts';
import { recoveryQuantities } from './recovery-quantities.ts';
import type { ReductionEvent, SizingPolicy } from './reduction-policy.ts';

type FractionEvent = Extract<ReductionEvent, { readonly type: 'REDUCE_BY_FRACTION' }>;

/** The fraction of a position that is large, all of one that is not; without a cooldown every position is large. */
const firstPart = (each: PositionAssessment, { fraction, cooldown }: FractionEvent): Quantity =>
  cooldown === null || each.notionalValue.gt(cooldown.notionalAbove) ? fractionQuantity(each, fraction) : each.position.quantity;

/** Nothing of the others once one gives something, where one position goes at a time. */
const atOnce = (closing: readonly Quantity[], { legs }: SizingPolicy): readonly Quantity[] => {
  if (legs.atOnce === 'ALL') return closing;
  const first = closing.findIndex((each) => each.gt(0));
  return closing.map((each, index) => (index === first ? each : quantity(ZERO)));
};

/** Sizes of a reduction whose positions are closed each for itself, in the order of legs. */
const inTurn = (
  assessment: MarginAssessment,
  policy: SizingPolicy,
  sizes: (inOrder: readonly PositionAssessment[]) => readonly Quantity[],
): readonly Quantity[] => {
  const inOrder = assessment.positions.toSorted(byLegOrder(policy.legs.order));
  const closing = atOnce(sizes(inOrder), policy);
  return assessment.positions.map((each) => closing[inOrder.indexOf(each)] ?? quantity(ZERO));
};

/**
 * Contracts that a reduction closes of each position, in the assessment's order: on the lot or the whole position, never more than held, zero for one that
 * stays. `at` is the time of the wave: what the pool remembers of its last reduction counts by it. Nothing at all while the pool cools down.
 */
export const reductionQuantities = (
  assessment: MarginAssessment,
  event: ReductionEvent,
  policy: SizingPolicy,
  at: EpochMs,
): readonly Quantity[] => {
  if (isCoolingDown(assessment.pool, event, at)) return assessment.positions.map(() => quantity(ZERO));
  switch (event.type) {
    case 'REDUCE_TO_TIER':
      return inTurn(assessment, policy, (inOrder) => inOrder.map((each) => tierStepQuantity(each, event.tiers)));
    case 'REDUCE_BY_FRACTION': {
      const all = closesAll(assessment.pool, event, at);
      return inTurn(assessment, policy, (inOrder) => inOrder.map((each) => (all ? each.position.quantity : firstPart(each, event))));
    }
    case 'REDUCE_EQUALLY':
      return equalQuantities(assessment, event, policy);
    case 'REDUCE_BY_PORTION':
      return inTurn(assessment, policy, (inOrder) => portionQuantities(inOrder, event));
    case 'REDUCE_TO_RECOVERY':
      return recoveryQuantities(assessment, event, policy);
  }
};
