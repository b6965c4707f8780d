import { ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import type { PeakSlice } from './peak-window.ts';

/** What a fund remembers of its markets for as long as it is kept. */
export interface FundMemory {
  /** Paid for each market, ever. */
  readonly paid: ReadonlyMap<string, Money>;
  /** Kept only where a drawdown is measured by them. */
  readonly results: ReadonlyMap<string, MarketResult>;
  /** Whether the balance trigger's mode is on. */
  readonly isBelowTrigger: boolean;
}

/** What a market has brought its fund less what it has cost it, and how that fared in the window. */
export interface MarketResult {
  readonly result: Money;
  /** Highest result of each slice in which the result changed, as it stood before and after. */
  readonly peaks: readonly PeakSlice[];
  /** Whether the market's deleveraging mode is on. */
  readonly active: boolean;
}

export const NO_MEMORY: FundMemory = { paid: new Map(), results: new Map(), isBelowTrigger: false };

export const NO_RESULT: MarketResult = { result: money(ZERO), peaks: [], active: false };
