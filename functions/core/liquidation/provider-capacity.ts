import { larger, smaller, ZERO } from '../units/decimal.ts';
import { type Money, money, type Ratio } from '../units/money.ts';

/** Who stands ready to take positions off liquidations, and how far. Money in one settlement asset. */
export interface SupportProvider {
  readonly marginBalance: Money;
  /** Notional value that it holds already. */
  readonly notionalValue: Money;
  /** Most notional value per equity, such as 2. */
  readonly maximumLeverage: Ratio;
  /** Part of the equity that may be taken in one window, such as 0.15. */
  readonly shareOfEquity: Ratio;
  /** Notional value that it took in the present window, which is fixed, not rolling. */
  readonly usedInWindow: Money;
}

/**
 * Notional value that a provider may still take: min(k·marginBalance − notional, share·marginBalance − used), at least zero. Settlement asset.
 *
 * Source: Deribit, liquidity support program (k 2 by default, windows of 5 minutes), read 2026-11-22.
 */
export const providerCapacity = ({
  marginBalance,
  notionalValue,
  maximumLeverage,
  shareOfEquity,
  usedInWindow,
}: SupportProvider): Money => {
  const byLeverage = marginBalance.times(maximumLeverage).minus(notionalValue);
  const byWindow = marginBalance.times(shareOfEquity).minus(usedInWindow);
  return money(larger(ZERO, smaller(byLeverage, byWindow)));
};
