import type { Money, Ratio } from '../units/money.ts';
import type { DurationMs } from '../units/time.ts';

/** How safe a market is: enough security behind its open value, little, too little. */
export type SecurityBand = 'GREEN' | 'AMBER' | 'RED';

/** Where a band begins and ends. Ratios of security to value, enter ≤ leave. */
export interface BandLine {
  /** The band begins below it. */
  readonly enter: Ratio;
  /** The band ends at or above it. */
  readonly leave: Ratio;
}

/** How much security a market must have behind its open value. */
export interface SecurityPolicy {
  /** A market is judged at its first accepted mark after it, and when it has never been. */
  readonly interval: DurationMs;
  /** NOW: as the marks stand. STRESSED: after the shock, whichever way is worse. */
  readonly measure: 'NOW' | 'STRESSED';
  /** Part of the mark that the stress moves it by, up and down; from 0, below 1. Bands read it under STRESSED only. */
  readonly shock: Ratio;
  /** Part of the open value that closing it all would cost under stress. Bands read it under STRESSED only. */
  readonly slippage: Ratio;
  readonly amber: BandLine;
  readonly red: BandLine;
  /** REDUCE_ONLY: a red market that is ACTIVE becomes REDUCE_ONLY until it is red no more. TELL: people are told. */
  readonly onRed: 'REDUCE_ONLY' | 'TELL';
}

/** How far a mark may stray from what it has been on average. */
export interface VolatilityPolicy {
  /** Time over which an average follows the marks. */
  readonly window: DurationMs;
  /** A mark above `ratio` times the average, or below the average divided by it, is quarantined. Above 1. */
  readonly ratio: Ratio;
}

/** What the venue asks before it lets a position open or grow, or an account withdraw. Each is off when null. */
export interface OpeningPolicy {
  /** Most open interest of one market; settlement asset. */
  readonly openInterestCap: Money | null;
  /** What part of the cap holds in an AMBER market; a RED one opens nothing. */
  readonly amberCapShare: Ratio;
  /** Most of a market's open interest that one account may hold on one side. */
  readonly positionShare: Ratio | null;
  /** Open interest below which nobody's share is asked; settlement asset. */
  readonly positionShareFrom: Money;
  /** Most unrealized profit of a pool that counts for opening and withdrawing; settlement asset. */
  readonly unrealizedProfitCap: Money | null;
}

/** How long nobody withdraws an asset after a pool with it was found below zero. */
export interface WithdrawalGatePolicy {
  readonly closedFor: DurationMs;
}

export interface ContainmentPolicy {
  readonly securityToValue: SecurityPolicy | null;
  readonly volatility: VolatilityPolicy | null;
  readonly opening: OpeningPolicy | null;
  readonly withdrawalGate: WithdrawalGatePolicy | null;
}
