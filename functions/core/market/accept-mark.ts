import type { SafeguardPolicy } from '../policy.ts';
import type { Price, Ratio } from '../units/money.ts';
import { type EpochMs, elapsedMs } from '../units/time.ts';
import { averageAfter, isVolatile } from './mark-average.ts';
import type { MarketState, MarkObservation, PendingMark } from './market-state.ts';

export type QuarantineReason = 'MARK_TOO_OLD' | 'INDEX_DIVERGENCE' | 'VOLATILE' | 'JUMP_UNCONFIRMED';

/** What becomes of an observed mark. A quarantined mark is kept visible and never clamped; an ignored one is a replay. */
export type MarkVerdict =
  | { readonly kind: 'ACCEPTED'; readonly mark: MarkObservation; readonly confirmedJump: boolean }
  | { readonly kind: 'QUARANTINED'; readonly reason: QuarantineReason; readonly pending: PendingMark | null }
  | { readonly kind: 'IGNORED'; readonly reason: 'SEQUENCE_NOT_GROWING' };

/** |a − reference| > band·reference, without dividing. */
const isOutsideBand = (value: Price, reference: Price, band: Ratio): boolean => value.minus(reference).abs().gt(reference.times(band));

const judgeJump = (state: MarketState, observation: MarkObservation, policy: SafeguardPolicy): MarkVerdict => {
  const band = policy.jumpBand;
  if (band === null || state.accepted === null || !isOutsideBand(observation.markPrice, state.accepted.markPrice, band)) {
    return { kind: 'ACCEPTED', mark: observation, confirmedJump: false };
  }
  const pending = state.pending;
  const agrees = pending !== null && !isOutsideBand(observation.markPrice, pending.observation.markPrice, band);
  const confirmations = agrees ? pending.confirmations + 1 : 0;
  if (confirmations >= policy.jumpConfirmations) return { kind: 'ACCEPTED', mark: observation, confirmedJump: true };
  return { kind: 'QUARANTINED', reason: 'JUMP_UNCONFIRMED', pending: { observation, confirmations } };
};

/**
 * Decides whether an observed mark becomes the market's mark.
 *
 * Accepted iff its sequence is above every sequence seen, its age now − observedAt ≤ markMaximumAge, |mark − index| ≤ indexDivergence·index,
 * average / volatility ratio ≤ mark ≤ average·volatility ratio, and |mark − accepted| ≤ jumpBand·accepted or `jumpConfirmations` further marks in a row stayed
 * within the band of the one before.
 * Ages in ms; bands are ratios. A guard that is null is off. Total: every observation gets a verdict.
 */
export const acceptMark = (state: MarketState, observation: MarkObservation, policy: SafeguardPolicy, now: EpochMs): MarkVerdict => {
  if (observation.sequence <= state.sequenceSeen) return { kind: 'IGNORED', reason: 'SEQUENCE_NOT_GROWING' };
  if (policy.markMaximumAge !== null && elapsedMs(observation.observedAt, now) > policy.markMaximumAge) {
    return { kind: 'QUARANTINED', reason: 'MARK_TOO_OLD', pending: state.pending };
  }
  if (policy.indexDivergence !== null && isOutsideBand(observation.markPrice, observation.indexPrice, policy.indexDivergence)) {
    return { kind: 'QUARANTINED', reason: 'INDEX_DIVERGENCE', pending: state.pending };
  }
  if (policy.volatility !== null && isVolatile(observation.markPrice, state.average, policy.volatility)) {
    return { kind: 'QUARANTINED', reason: 'VOLATILE', pending: state.pending };
  }
  return judgeJump(state, observation, policy);
};

/** The average that a market has after an observation was judged; what is too old to be believed moves nothing. */
const averageOf = ({ average }: MarketState, verdict: MarkVerdict, observation: MarkObservation, policy: SafeguardPolicy) => {
  if (policy.volatility === null) return null;
  const isTooOld = verdict.kind === 'QUARANTINED' && verdict.reason === 'MARK_TOO_OLD';
  return isTooOld ? average : averageAfter(average, observation, policy.volatility);
};

/** The market after what was said about an observation. */
export const afterVerdict = (
  market: MarketState,
  verdict: MarkVerdict,
  observation: MarkObservation,
  policy: SafeguardPolicy,
): MarketState => {
  if (verdict.kind === 'IGNORED') return market;
  const seen = { ...market, sequenceSeen: observation.sequence, average: averageOf(market, verdict, observation, policy) };
  if (verdict.kind === 'QUARANTINED') return { ...seen, pending: verdict.pending };
  return { ...seen, accepted: verdict.mark, previousMark: market.accepted?.markPrice ?? null, pending: null };
};
