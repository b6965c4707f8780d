import type { ReferenceSide } from '../margin.ts';
import type { ReferenceTierTable } from '../tiers.ts';

/** What the twin reads: the texts of a book document, and marks instead of candles. Every decimal is a plain text. */

export interface ScenarioTier {
  readonly notionalFloor: string;
  readonly notionalCap: string | null;
  readonly maintenanceMarginRate: string;
}

export interface ScenarioMarket {
  readonly marketId: string;
  readonly contract: 'LINEAR' | 'INVERSE';
  readonly multiplier: string;
  readonly settlementAsset: string;
  readonly tickSize: string;
  readonly lotSize: string;
  /** The book's own mark: a replay does not accept it. */
  readonly markPrice: string;
  readonly takerFeeRate: string;
  readonly tierForm: ReferenceTierTable['form'];
  readonly marginTiers: readonly ScenarioTier[];
}

export interface ScenarioPosition {
  readonly marketId: string;
  readonly side: ReferenceSide;
  readonly quantity: string;
  readonly entryPrice: string;
  readonly marginMode: 'CROSS' | 'ISOLATED';
  readonly isolatedMargin?: string;
}

export interface ScenarioAccount {
  readonly accountId: string;
  readonly walletBalances: Readonly<Record<string, string>>;
  readonly positions: readonly ScenarioPosition[];
}

export interface ScenarioFund {
  readonly fundId: string;
  readonly asset: string;
  readonly balance: string;
}

export interface ScenarioBook {
  readonly asOf: string;
  readonly markets: readonly ScenarioMarket[];
  readonly accounts: readonly ScenarioAccount[];
  readonly insuranceFunds: readonly ScenarioFund[];
}

export interface ScenarioMark {
  readonly marketId: string;
  readonly price: string;
}

export interface ReplayScenario {
  readonly book: ScenarioBook;
  /** Instants in order; the marks of one instant are published together and set off their waves in this order. */
  readonly instants: readonly (readonly ScenarioMark[])[];
  /** Contracts that the venue fills per market and mark; a market that is absent fills without limit. */
  readonly depthPerMark: Readonly<Record<string, string>>;
}
