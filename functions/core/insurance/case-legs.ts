import type { MarginChoice } from '../liquidation/decide-margin.ts';
import { byLegOrder } from '../liquidation/leg-order.ts';
import type { LimitPolicy } from '../liquidation/limit-policy.ts';
import type { CaseLeg } from '../liquidation/liquidation-case.ts';
import { liquidationFeeRateOf } from '../liquidation/liquidation-fee.ts';
import type { SizingPolicy } from '../liquidation/reduction-policy.ts';
import { reductionQuantities } from '../liquidation/reduction-quantities.ts';
import { remainingPart } from '../liquidation/remaining-part.ts';
import type { MarginAssessment } from '../margin/assess-margin.ts';
import type { EpochMs } from '../units/time.ts';
import { reductionLegs, wholeCloseLegs } from './plan-orders.ts';

const named = (a: Pick<CaseLeg, 'marketId' | 'side'>, b: Pick<CaseLeg, 'marketId' | 'side'>): boolean =>
  a.marketId === b.marketId && a.side === b.side;

/** The legs in the order that they are closed in, each with its fee rate. */
const inOrder = (netted: MarginAssessment, legs: readonly CaseLeg[], policy: SizingPolicy): readonly CaseLeg[] =>
  netted.positions.toSorted(byLegOrder(policy.legs.order)).flatMap((each) =>
    legs
      .filter((leg) => named(leg, each.position))
      .map((leg) => {
        const rest = remainingPart(each, each.position.quantity.minus(leg.quantityAtOpening));
        return { ...leg, liquidationFeeRate: liquidationFeeRateOf(netted, each, rest, policy) };
      }),
  );

/**
 * Freezes the legs of a case: what the choice closes of each position at `at`, in the order of legs, each at its share of the pool's bankruptcy value and
 * with its liquidation fee rate.
 *
 * A whole close takes every position; one at a time where the law says so, unless the pool is insolvent: the positions left keep their share. A takeover
 * takes all.
 */
export const caseLegs = (
  netted: MarginAssessment,
  choice: MarginChoice,
  policy: SizingPolicy & Pick<LimitPolicy, 'crossBankruptcyPrice'>,
  at: EpochMs,
): readonly CaseLeg[] => {
  const basis = policy.crossBankruptcyPrice;
  // The position that is closed first carries the balance where the others are frozen.
  const ordered = { ...netted, positions: netted.positions.toSorted(byLegOrder(policy.legs.order)) };
  if (choice.kind === 'REDUCE') {
    return inOrder(ordered, reductionLegs(ordered, reductionQuantities(ordered, choice.size, policy, at), basis), policy);
  }
  const legs = inOrder(ordered, wholeCloseLegs(ordered, basis), policy);
  return isPartial(netted, choice, policy) ? legs.slice(0, 1) : legs;
};

/** Whether a whole close is for one position of several: the rest is judged again at the next mark. */
export const isPartial = (netted: Pick<MarginAssessment, 'insolvent'>, choice: MarginChoice, { legs }: SizingPolicy): boolean =>
  choice.kind === 'LIQUIDATE' && legs.atOnce === 'ONE' && !netted.insolvent;
