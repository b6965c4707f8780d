import type { Price } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import type { MarketTerms } from './contract.ts';

/** What the venue publishes. `sequence` grows by the venue's promise, checked on arrival. */
export interface MarkObservation {
  readonly marketId: string;
  readonly sequence: number;
  readonly markPrice: Price;
  readonly indexPrice: Price;
  readonly observedAt: EpochMs;
}

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
  readonly pending: PendingMark | null;
  /** Highest sequence ever looked at, accepted or not. */
  readonly sequenceSeen: number;
  /** Sequence of the last accepted mark whose endangered pools have all been rung; behind `accepted` after a crash in between. */
  readonly watchedSequence: number;
  readonly status: MarketStatus;
  /** When trading last resumed after a halt; null when it never did. */
  readonly resumedAt: EpochMs | null;
  readonly version: number;
  readonly lastWriter: string;
}

/** Whether orders may be sent in the market. */
export const isTrading = (status: MarketStatus): boolean => status === 'ACTIVE' || status === 'REDUCE_ONLY';
