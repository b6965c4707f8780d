import { type Fraction, ONE, total, ZERO } from './fraction.ts';

export interface ReferenceRankingPolicy {
  readonly pnlRatioWeight: number;
  readonly leverageWeight: number;
  readonly losers: 'DIVIDE' | 'FLOOR_AT_ZERO' | 'EXCLUDE';
  readonly tieBreak: readonly 'accountId'[];
}

/** A position on the other side of the bankrupt one, with its pool's margin balance. */
export interface ReferenceCandidate {
  readonly accountId: string;
  readonly poolId: string;
  readonly quantity: Fraction;
  readonly unrealizedPnl: Fraction;
  readonly entryValue: Fraction;
  readonly notionalValue: Fraction;
  readonly marginBalance: Fraction;
}

export interface ReferenceRanked {
  readonly candidate: ReferenceCandidate;
  readonly score: Fraction;
}

/**
 * PROFIT_TIMES_LEVERAGE: pnlRatio^w1 · leverage^w2, pnlRatio = unrealizedPnl/entryValue, leverage = notional/marginBalance of the pool.
 * pnlRatio 0 scores 0; losers score −|pnlRatio|^w1 / leverage^w2 (DIVIDE) or 0 (FLOOR_AT_ZERO).
 * null when the candidate may not be taken: an insolvent pool, or no profit under EXCLUDE.
 * Source: BitMEX's deleveraging page for the shape and the treatment of losers (domain bank, ranking table).
 */
export const scoreOf = (candidate: ReferenceCandidate, policy: ReferenceRankingPolicy): Fraction | null => {
  if (candidate.marginBalance.sign() <= 0) return null;
  const pnlRatio = candidate.unrealizedPnl.over(candidate.entryValue);
  const leverage = candidate.notionalValue.over(candidate.marginBalance).toThePower(policy.leverageWeight);
  if (pnlRatio.sign() > 0) return pnlRatio.toThePower(policy.pnlRatioWeight).times(leverage);
  if (policy.losers === 'EXCLUDE') return null;
  if (pnlRatio.sign() === 0 || policy.losers === 'FLOOR_AT_ZERO') return ZERO;
  return pnlRatio.absolute().toThePower(policy.pnlRatioWeight).over(leverage).negated();
};

const compareIds = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Eligible candidates, best first: score descending, then `accountId` where the policy says so, then `poolId`, by code units. */
export const rank = (candidates: readonly ReferenceCandidate[], policy: ReferenceRankingPolicy): readonly ReferenceRanked[] =>
  candidates
    .flatMap((candidate) => {
      const score = scoreOf(candidate, policy);
      return score === null ? [] : [{ candidate, score }];
    })
    .toSorted(
      (a, b) =>
        b.score.comparedTo(a.score) ||
        (policy.tieBreak.includes('accountId') ? compareIds(a.candidate.accountId, b.candidate.accountId) : 0) ||
        compareIds(a.candidate.poolId, b.candidate.poolId),
    );

/** steps + 1 − ⌈steps · cumulative quantity / total quantity⌉ for quantities in ranking order: `steps` lights for the next in line, one for the last. */
export const indicatorsOf = (quantities: readonly Fraction[], steps: number): readonly Fraction[] => {
  const whole = total(quantities);
  const lights = total(Array.from({ length: steps }, () => ONE));
  return quantities.map((_, at) => {
    const cumulative = total(quantities.slice(0, at + 1));
    return lights.plus(ONE).minus(lights.times(cumulative).over(whole).ceil());
  });
};
