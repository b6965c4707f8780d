import type { SafeguardPolicy } from '../policy.ts';
import { type DurationMs, durationMs, type EpochMs, elapsedMs } from '../units/time.ts';
import type { MarketState } from './market-state.ts';

/** Why a pool cannot be judged now. */
export type MarkDefect = { readonly kind: 'NO_ACCEPTED_MARK' | 'MARK_TOO_OLD'; readonly marketId: string };

/** Age of the oldest accepted mark of the markets; 0 for none. */
export const oldestMarkAge = (markets: readonly MarketState[], now: EpochMs): DurationMs =>
  markets.reduce((oldest, market) => {
    const age = market.accepted === null ? durationMs(0) : elapsedMs(market.accepted.observedAt, now);
    return age > oldest ? age : oldest;
  }, durationMs(0));

/**
 * The first market, in the order given, whose mark a decision must not rest on: none was accepted yet, or it is older than `markMaximumAge` (ms).
 * null when all are fit. One stale leg spoils the whole pool: the set of prices is judged as one.
 */
export const markDefect = (markets: readonly MarketState[], policy: SafeguardPolicy, now: EpochMs): MarkDefect | null => {
  for (const { terms, accepted } of markets) {
    if (accepted === null) return { kind: 'NO_ACCEPTED_MARK', marketId: terms.marketId };
    if (policy.markMaximumAge !== null && elapsedMs(accepted.observedAt, now) > policy.markMaximumAge) {
      return { kind: 'MARK_TOO_OLD', marketId: terms.marketId };
    }
  }
  return null;
};
