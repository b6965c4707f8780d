import type { MarginAssessment } from '../margin/assess-margin.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { type Quantity, quantity } from '../units/money.ts';
import { excessAfter, type Shrunk } from './close-effect.ts';
import { leastClose } from './least-close.ts';
import { byLegOrder } from './leg-order.ts';
import type { ReductionEvent, SizingPolicy } from './reduction-policy.ts';
import { remainingPart } from './remaining-part.ts';

type RecoveryEvent = Extract<ReductionEvent, { readonly type: 'REDUCE_TO_RECOVERY' }>;

/** What to close of the position whose turn it is, the pool lacking `shortage`. */
const closeOf = (
  assessment: MarginAssessment,
  parts: readonly Shrunk[],
  at: number,
  event: RecoveryEvent,
  policy: SizingPolicy,
): Decimal => {
  const held = parts[at]?.each.position.quantity ?? ZERO;
  const shortage = excessAfter(assessment, parts, policy).negated();
  const isSmall = shortage.lt(event.minimumShortage) || (parts[at]?.each.notionalValue.lt(event.minimumNotional) ?? false);
  return isSmall ? held : (leastClose(assessment, parts, at, policy) ?? held);
};

/**
 * Contracts to close of each position so that the pool meets its recovery target, in the assessment's order.
 *
 * Position after position in the order of legs: nothing once the target is met, else the least that meets it (`leastClose`), else the whole position and
 * on with the next. Where the shortage is below `minimumShortage` or the position below `minimumNotional`, the whole position: what would be left is not
 * worth another order. Legs at once ONE: the first position alone. Where everything together is not enough everything is closed.
 * A pool that meets its target, though a rule fired for it, gives nothing.
 */
export const recoveryQuantities = (assessment: MarginAssessment, event: RecoveryEvent, policy: SizingPolicy): readonly Quantity[] => {
  let parts: readonly Shrunk[] = assessment.positions.map((each) => ({ each, rest: each }));
  const inOrder = [...assessment.positions.keys()].sort((a, b) => compareAt(assessment, policy, a, b));
  for (const [turn, at] of inOrder.entries()) {
    const isEnough = excessAfter(assessment, parts, policy).gte(0);
    if (isEnough || (turn > 0 && policy.legs.atOnce === 'ONE')) break;
    const close = closeOf(assessment, parts, at, event, policy);
    parts = parts.map((shrunk, index) =>
      index === at ? { each: shrunk.each, rest: remainingPart(shrunk.each, shrunk.each.position.quantity.minus(close)) } : shrunk,
    );
  }
  return parts.map(({ each, rest }) => quantity(each.position.quantity.minus(rest.position.quantity)));
};

const compareAt = ({ positions }: MarginAssessment, { legs }: SizingPolicy, a: number, b: number): number => {
  const [first, second] = [positions[a], positions[b]];
  return first === undefined || second === undefined ? 0 : byLegOrder(legs.order)(first, second);
};
