import type { OpeningPolicy, SecurityBand } from '../market/containment-policy.ts';
import type { MarketStatus } from '../market/market-state.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import type { MarginAssessment } from './assess-margin.ts';

/** Why a venue must not let a position open or grow. */
export type OpeningRefusal = 'MARKET_NOT_ACTIVE' | 'SECURITY_RED' | 'OPEN_INTEREST_CAP' | 'POSITION_SHARE' | 'INITIAL_MARGIN';

/** A position that an account wants to open or make larger, as the venue's books would be after it. Money in the settlement asset, at the mark. */
export interface OpeningRequest {
  readonly status: MarketStatus;
  readonly band: SecurityBand;
  /** Notional value of the larger side after it. */
  readonly openInterestAfter: Money;
  /** Notional value of all that the account holds on that side after it, over all its pools. */
  readonly accountValueAfter: Money;
  /** Margin balance that counts, and what the pool's positions require after it. */
  readonly initialMarginBalance: Money;
  readonly initialMarginAfter: Money;
}

/** The cap in force: all of it in a GREEN market, its share in an AMBER one. null for none. */
export const openInterestCap = ({ openInterestCap: cap, amberCapShare }: OpeningPolicy, band: SecurityBand): Decimal | null => {
  if (cap === null || band === 'GREEN') return cap;
  return band === 'AMBER' ? cap.times(amberCapShare) : ZERO;
};

const isBeyondShare = ({ positionShare, positionShareFrom }: OpeningPolicy, request: OpeningRequest): boolean =>
  positionShare !== null &&
  request.openInterestAfter.gt(positionShareFrom) &&
  request.accountValueAfter.gt(request.openInterestAfter.times(positionShare));

/**
 * Whether a venue may let a position open or grow; null when it may, else the first refusal in the order of `OpeningRefusal`. Exactly at a cap or a share is allowed.
 *
 * Opening is the venue's: the engine sees a trade when it is booked and liquidates whoever it endangers. This is what the law asks a venue to ask before.
 * Closing and reducing are never asked.
 * Sources: (all read 2026-11-22) open interest caps, Hyperliquid after JELLY, dYdX v4; share of the open interest, Bybit, and OKEx's position of 31 July 2018.
 */
export const openingRefusal = (request: OpeningRequest, policy: OpeningPolicy): OpeningRefusal | null => {
  if (request.status !== 'ACTIVE') return 'MARKET_NOT_ACTIVE';
  if (request.band === 'RED') return 'SECURITY_RED';
  const cap = openInterestCap(policy, request.band);
  if (cap !== null && request.openInterestAfter.gt(cap)) return 'OPEN_INTEREST_CAP';
  if (isBeyondShare(policy, request)) return 'POSITION_SHARE';
  return request.initialMarginAfter.gt(request.initialMarginBalance) ? 'INITIAL_MARGIN' : null;
};

/**
 * The margin balance that counts for opening and withdrawing: balance + Σ losses + min(cap, Σ profits). Liquidation judges by the whole margin balance: a capped
 * profit must not liquidate anybody. Settlement asset.
 * Source: Drift caps the positive unrealized PnL that is used for initial margin, read 2026-11-22; Mango 2022 and YFI 2023 are what it is against.
 */
export const initialMarginBalance = ({ pool, positions }: Pick<MarginAssessment, 'pool' | 'positions'>, cap: Money | null): Money => {
  const profits = sum(positions.map((each) => larger(ZERO, each.unrealizedPnl)));
  const losses = sum(positions.map((each) => smaller(ZERO, each.unrealizedPnl)));
  return money(sum([pool.balance, losses, cap === null ? profits : smaller(cap, profits)]));
};

/** What an account may withdraw of a pool: what its counted balance has above `initialMargin`, and never unrealized profit. Settlement asset, at least 0. */
export const withdrawable = (assessment: Pick<MarginAssessment, 'pool' | 'positions'>, initialMargin: Money, cap: Money | null): Money => {
  const free = initialMarginBalance(assessment, cap).minus(initialMargin);
  return money(larger(ZERO, smaller(free, assessment.pool.balance)));
};
