import type { FundEvent } from './insurance/fund-mode.ts';
import type { SecurityBand } from './market/containment-policy.ts';
import type { MarketState, MarketStatus } from './market/market-state.ts';
import type { Decimal } from './units/decimal.ts';
import type { Money } from './units/money.ts';
import type { EpochMs } from './units/time.ts';

/**
 * What a safeguard did by itself, and where things stood.
 *
 * FUND: a deleveraging mode or a warning began or ended; money in the fund's asset. MARKET: the band of a market's security changed, `status` is the
 * market's after it. WITHDRAWALS: a pool below zero closed them for its asset, until a time.
 */
export type SafeguardEvent =
  | {
      readonly subject: 'FUND';
      readonly fundId: string;
      readonly events: readonly FundEvent[];
      readonly balance: Money;
      readonly reserved: Money;
      readonly peak: Money;
    }
  | {
      readonly subject: 'MARKET';
      readonly marketId: string;
      readonly before: SecurityBand;
      readonly band: SecurityBand;
      readonly ratio: Decimal | null;
      readonly status: MarketStatus;
    }
  | { readonly subject: 'WITHDRAWALS'; readonly asset: string; readonly poolId: string; readonly closedUntil: EpochMs };

/** What stood behind a market when something was decided about it. */
export interface SecurityStamp {
  readonly band: SecurityBand;
  /** By the measure of the law; null without open value. */
  readonly ratio: Decimal | null;
}

/** The stamps of the markets that somebody looked at, by market id; empty under a law that watches no security. */
export const securityStamps = (markets: readonly MarketState[]): ReadonlyMap<string, SecurityStamp> =>
  new Map(
    markets.flatMap(({ terms, security }) =>
      security === null ? [] : [[terms.marketId, { band: security.band, ratio: security.ratio }] as const],
    ),
  );
