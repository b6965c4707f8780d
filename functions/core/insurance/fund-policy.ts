import { ONE } from '../units/decimal.ts';
import { type Money, type Ratio, ratio } from '../units/money.ts';

/** Whose fall starts the deleveraging mode: the whole fund's balance below its peak, or one market's result below that market's own. */
export type DrawdownMeasure = 'FUND_BALANCE' | 'MARKET_RESULT';

/** Deleveraging by what is left, whatever the fund had before. Amounts of the fund's asset, 0 ≤ start ≤ stop. */
export interface BalanceTrigger {
  /** The mode starts at or below it, and no payment goes below it. */
  readonly start: Money;
  /** The mode ends above it. */
  readonly stop: Money;
}

/** From where people are told that the mode is near. Nothing else depends on it. */
export interface FundWarning {
  /** Fall below the peak; null for not by the fall. */
  readonly drawdown: Ratio | null;
  /** What is left at or below it; null for not by the balance. Asset of the fund. */
  readonly balance: Money | null;
}

/** What part of each income of the domain goes into its fund; the rest is the venue's fee. Ratios from 0 to 1. */
export interface FundIncomePolicy {
  readonly liquidationFeeShare: Ratio;
  readonly surplusShare: Ratio;
}

/**
 * What a fund's law may say beside its floor, its caps per interval and its drawdown.
 *
 * Sources: (all read 2026-11-22) balance trigger and warning, OKX `adlBal`, `adlRecBal` and the state `warning`, Bybit "balance ≤ 0 / > 0"; cap for ever and
 * the last unit, Drift's `quote_max_insurance` and vault − 1; shares, arXiv 2512.01112 (IF' = IF + a·fees …). None gives a warning's thresholds or a
 * share's value.
 */
export interface FundTerms {
  readonly balanceTrigger: BalanceTrigger | null;
  readonly warning: FundWarning | null;
  /** Most that one market may ever draw; null for no cap. */
  readonly drawCapPerMarketForever: Money | null;
  /** Whether the fund's last quantum stays in it, whatever its floor. */
  readonly keepsLastUnit: boolean;
  readonly income: FundIncomePolicy;
}

/** What holds where nothing else is chosen. */
export const USUAL_FUND_TERMS: FundTerms = {
  balanceTrigger: null,
  warning: null,
  drawCapPerMarketForever: null,
  keepsLastUnit: false,
  income: { liquidationFeeShare: ratio(ONE), surplusShare: ratio(ONE) },
};
