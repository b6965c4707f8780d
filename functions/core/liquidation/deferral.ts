import { isTrading, type MarketState } from '../market/market-state.ts';
import { isStopped } from '../market/switches.ts';
import type { SafeguardPolicy } from '../policy.ts';
import type { DurationMs, EpochMs } from '../units/time.ts';
import { elapsedMs } from '../units/time.ts';

export type MarketDeferral = 'MARKET_HALTED' | 'SWITCHED_OFF' | 'GRACE_AFTER_HALT';

const withinGrace = (market: MarketState, grace: DurationMs | null, now: EpochMs): boolean =>
  grace !== null && market.resumedAt !== null && elapsedMs(market.resumedAt, now) < grace;

/**
 * Whether a pool's liquidation has to wait because of the state of one of its markets.
 *
 * MARKET_HALTED: a leg's market is HALTED or SETTLING, no order could be sent. SWITCHED_OFF: people have stopped liquidation in it. GRACE_AFTER_HALT: it resumed less than `graceAfterHalt` ago and traders
 * have not had the time to react. A deferred pool stays due: it is judged again at the next mark. null: nothing to wait for.
 */
export const marketDeferral = (markets: readonly MarketState[], policy: SafeguardPolicy, now: EpochMs): MarketDeferral | null => {
  if (markets.some((market) => !isTrading(market.status))) return 'MARKET_HALTED';
  if (markets.some((market) => isStopped(market, 'LIQUIDATE'))) return 'SWITCHED_OFF';
  return markets.some((market) => withinGrace(market, policy.graceAfterHalt, now)) ? 'GRACE_AFTER_HALT' : null;
};
