import type { Decimal } from '../units/decimal.ts';
import type { Price, Quantity, Ratio } from '../units/money.ts';
import type { TierTable } from './margin-tiers.ts';

/**
 * How a contract is valued. LINEAR: in base units, worth more of the settlement asset (the quote) the higher the price. INVERSE: in quote units, settled in
 * the coin, and worth less of it the higher the price. Every `switch` over it is exhaustive.
 */
export type ContractKind = 'LINEAR' | 'INVERSE';

/** Terms of one market. Margin, tiers and PnL are in the settlement asset, prices in quote per base unit, for every kind of contract. */
export interface MarketTerms {
  readonly marketId: string;
  readonly contract: ContractKind;
  /** What one contract is about: base units (LINEAR) or quote units (INVERSE). */
  readonly multiplier: Decimal;
  readonly settlementAsset: string;
  readonly tickSize: Price;
  readonly lotSize: Quantity;
  /** f: the taker fee rate reserved for a forced close. */
  readonly takerFeeRate: Ratio;
  readonly tierTable: TierTable;
}

/** What a value is computed by. */
export type ContractTerms = Pick<MarketTerms, 'contract' | 'multiplier'>;
