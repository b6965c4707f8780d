import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { measuredSize } from '../margin/position-margin.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Quantity, quantity } from '../units/money.ts';
import { ceilToLot, snappedToZero } from '../units/rounding.ts';
import { closingCost, contributionLines, type Shrunk } from './close-effect.ts';
import { requiredAt } from './recovery-target.ts';
import type { ClosingCostPolicy, RecoveryPolicy } from './reduction-policy.ts';
import { remainingPart } from './remaining-part.ts';

export type EffectPolicy = ClosingCostPolicy & RecoveryPolicy;

/** Contracts left that lie in one tier, above `low`, up to `high`. */
interface Stretch {
  readonly low: Decimal;
  readonly high: Decimal;
}

/** The stretches of what may be left of a position, tier by tier, its own first. The size that tells the tier grows in proportion to the contracts. */
const stretchesOf = ({ position, market, tier, notionalValue }: PositionAssessment): readonly Stretch[] => {
  const { tierTable } = market.terms;
  const size = measuredSize(tierTable, position, notionalValue);
  const contractsAt = (bound: Decimal): Decimal =>
    size.isZero() ? position.quantity : smaller(position.quantity, bound.times(position.quantity).div(size));
  const highs = tierTable.tiers
    .slice(0, tier.index + 1)
    .map(({ index, notionalCap }) => (index === tier.index || notionalCap === null ? position.quantity : contractsAt(notionalCap)));
  return highs.map((high, index) => ({ low: highs[index - 1] ?? ZERO, high })).toReversed();
};

/** Where the line through two points meets zero; null for a level one. */
const rootOf = (at: readonly [Decimal, Decimal], heights: readonly [Decimal, Decimal]): Decimal | null => {
  const rise = heights[1].minus(heights[0]);
  return rise.isZero() ? null : at[0].minus(heights[0].times(at[1].minus(at[0])).div(rise));
};

const THIRD_PARTS = 3;

/** Contracts left at which one of the pool's lines meets zero within the stretch. Two points inside tell each line: there all of them are linear. */
const rootsIn = ({ low, high }: Stretch, linesAt: (remaining: Decimal) => readonly Decimal[]): readonly Decimal[] => {
  if (low.gte(high)) return [];
  const third = high.minus(low).div(THIRD_PARTS);
  const at = [low.plus(third), high.minus(third)] as const;
  const [first, second] = [linesAt(at[0]), linesAt(at[1])];
  return first.flatMap((height, index) => {
    const root = rootOf(at, [height, second[index] ?? height]);
    return root === null || root.lt(low) || root.gt(high) ? [] : [root];
  });
};

/** What to close so that about `remaining` stays: on the lot, and a lot to either side, because boundaries and roots are quotients. */
const closesAround = ({ position, market }: PositionAssessment, remaining: Decimal): readonly Decimal[] => {
  const { lotSize } = market.terms;
  const close = ceilToLot(larger(ZERO, position.quantity.minus(remaining)), lotSize);
  return [close.minus(lotSize), close, close.plus(lotSize)].filter((each) => each.gt(0) && each.lt(position.quantity));
};

/**
 * The least that has to be closed of one position so that its pool meets the recovery target, closed at the mark: on the lot, or the whole position.
 *
 * Smallest q = k·lot ≤ Q, or Q, with E − Σ cost − Σ required ≥ 0 (see `excessAfter`). Within one tier of MM = V·MMR − MA and one line this is
 * q = shortage / (V₁·(MMR + buffer − fee − concession)), V₁ the value of a contract; tiers and lots make it piecewise. The margin over the target is linear
 * between tier boundaries, so that its roots and the boundaries are all that can be least.
 * null when not even the whole position is enough: where fee and concession take more than closing releases, less is not either.
 * `parts` are all positions of the pool as they are left so far; `at` is the one to close, which is still whole there.
 * Source: Drift v2, base = shortage / (price·(mmr + buffer − liquidation fee − fund fee)), read 2026-11-22.
 */
export const leastClose = (assessment: MarginAssessment, parts: readonly Shrunk[], at: number, policy: EffectPolicy): Quantity | null => {
  const own = parts[at];
  if (own === undefined) return null;
  const others = parts.filter((_, index) => index !== at);
  const taken = sum(others.map((shrunk) => closingCost(assessment, shrunk, policy).plus(requiredAt(shrunk.rest, policy))));
  const left = assessment.marginBalance.minus(taken);
  const linesAt = (remaining: Decimal): readonly Decimal[] =>
    contributionLines(assessment, { each: own.each, rest: remainingPart(own.each, remaining) }, policy).map((line) => left.plus(line));
  const held = own.each.position.quantity;
  const candidates = stretchesOf(own.each).flatMap((stretch) =>
    [stretch.high, ...rootsIn(stretch, linesAt)].flatMap((remaining) => closesAround(own.each, remaining)),
  );
  const inOrder = [...candidates.sort((a, b) => a.comparedTo(b)), held];
  const least = inOrder.find((close) => linesAt(held.minus(close)).every((line) => snappedToZero(line).gte(0)));
  return least === undefined ? null : quantity(least);
};
