import type { CrossBankruptcyPrice } from '../margin/bankruptcy-price.ts';
import type { Ratio } from '../units/money.ts';

/** How wide the spread of a fillable price may get, and how fast. */
export interface FillablePolicy {
  /** Widest spread as a multiple of the position's maintenance margin rate; above zero. */
  readonly spreadToMaintenance: Ratio;
  /** How fast the spread widens as the margin balance falls; above zero, 1 reaches the widest at a balance of zero. */
  readonly bankruptcyAdjustment: Ratio;
}

/** How far liquidation orders go. */
export interface LimitPolicy {
  /**
   * FUND_BACKED: the limit reaches past the bankruptcy price by what the fund reserved. BANKRUPTCY: the fund reserves nothing. FILLABLE: a spread off the mark
   * that widens as the pool nears bankruptcy; the fund reserves what a fill there would cost, and where it has less, backs the order as under FUND_BACKED.
   * Reductions reserve nothing: their limit is the bankruptcy price, under FILLABLE the fillable price where that is nearer to the mark.
   */
  readonly limit: 'FUND_BACKED' | 'BANKRUPTCY' | 'FILLABLE';
  /** Given with FILLABLE, else null. */
  readonly fillable: FillablePolicy | null;
  /** How the margin balance of a pool is shared over its positions when they are closed. */
  readonly crossBankruptcyPrice: CrossBankruptcyPrice;
}
