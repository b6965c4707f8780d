import type { Price, Quantity } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import type { MarketTerms } from './contract.ts';
import type { MarkAverage } from './mark-average.ts';
import type { MarketSecurity } from './security-band.ts';
import type { MarketOperation } from './switches.ts';

/** What the venue publishes. `sequence` grows by the venue's promise, checked on arrival. */
export interface MarkObservation {
  readonly marketId: string;
  readonly sequence: number;
  readonly markPrice: Price;
  readonly indexPrice: Price;
  readonly observedAt: EpochMs;
  /** Contracts open in the market, counted on one side; missing where the venue does not tell. */
  readonly openInterest?: Quantity;
}

/** Whether two observations tell the same open interest, or neither tells one. */
export const sameOpenInterest = (a: MarkObservation, b: MarkObservation): boolean =>
  a.openInterest === undefined || b.openInterest === undefined ? a.openInterest === b.openInterest : a.openInterest.eq(b.openInterest);

/** REDUCE_ONLY lets liquidations go on; HALTED and SETTLING stop them. */
export type MarketStatus = 'ACTIVE' | 'REDUCE_ONLY' | 'HALTED' | 'SETTLING';

/** A mark outside the jump band that waits for others to agree with it. */
export interface PendingMark {
  readonly observation: MarkObservation;
  readonly confirmations: number;
}

/** The engine's view of one market; the item that `watch-marks` owns. */
export interface MarketState {
  readonly terms: MarketTerms;
  readonly accepted: MarkObservation | null;
  /** The mark that was accepted before the present one; null for none. */
  readonly previousMark: Price | null;
  readonly pending: PendingMark | null;
  /** Highest sequence ever looked at, accepted or not. */
  readonly sequenceSeen: number;
  /** Sequence of the last accepted mark whose endangered pools have all been rung; behind `accepted` after a crash in between. */
  readonly watchedSequence: number;
  readonly status: MarketStatus;
  /** When trading last resumed after a halt; null when it never did. */
  readonly resumedAt: EpochMs | null;
  /** null where no law watches volatility, or nothing was observed yet. */
  readonly average: MarkAverage | null;
  /** null where no law watches the security behind the market, or nobody has looked yet. */
  readonly security: MarketSecurity | null;
  /** What people have stopped in it. */
  readonly stopped: readonly MarketOperation[];
  readonly version: number;
  readonly lastWriter: string;
}

/** Whether orders may be sent in the market. */
export const isTrading = (status: MarketStatus): boolean => status === 'ACTIVE' || status === 'REDUCE_ONLY';
