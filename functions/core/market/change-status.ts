import type { EpochMs } from '../units/time.ts';
import { isTrading, type MarketState, type MarketStatus } from './market-state.ts';

/**
 * The market with another status, as people give it: what they reduced the guard does not lift. Going from stopped to trading marks the resume that the
 * grace period counts from.
 */
export const changeStatus = (market: MarketState, status: MarketStatus, at: EpochMs): MarketState => ({
  ...market,
  status,
  security: market.security === null ? null : { ...market.security, isReducedByGuard: false },
  resumedAt: !isTrading(market.status) && isTrading(status) ? at : market.resumedAt,
});
