import type { Decimal } from '../units/decimal.ts';
import type { Price, Quantity, Ratio } from '../units/money.ts';
import type { TierTable } from './margin-tiers.ts';

/**
 * Terms of one market. LINEAR: quantity in contracts of `multiplier` base units, margin and PnL in the settlement asset = quote.
 * A contract kind is a variant of this union; every `switch` over it is exhaustive.
 */
export interface MarketTerms {
  readonly marketId: string;
  readonly contract: 'LINEAR';
  readonly multiplier: Decimal;
  readonly settlementAsset: string;
  readonly tickSize: Price;
  readonly lotSize: Quantity;
  /** f: the taker fee rate reserved for a forced close. */
  readonly takerFeeRate: Ratio;
  readonly tierTable: TierTable;
}
