import type { SurplusOwner } from '../policy.ts';
import { type Decimal, larger, smaller, ZERO } from '../units/decimal.ts';
import { type Money, money, type Ratio } from '../units/money.ts';
import { floorToQuantum } from '../units/rounding.ts';
import type { FundIncomePolicy } from './fund-policy.ts';

export interface SurplusInput {
  readonly owner: SurplusOwner;
  /** Filled value; settlement asset. */
  readonly value: Money;
  readonly liquidationFeeRate: Ratio;
  /** What the fill brought above the bankruptcy price; below it zero or less. Settlement asset. */
  readonly difference: Decimal;
}

/** What is taken of a surplus, and where it goes. Settlement asset. */
export interface SurplusIncome {
  readonly toFund: Money;
  /** The venue's part. */
  readonly toFees: Money;
}

const shared = (income: Decimal, share: Ratio): SurplusIncome => {
  const toFund = share.eq(1) ? money(income) : floorToQuantum(income.times(share));
  return { toFund, toFees: money(income.minus(toFund)) };
};

/**
 * What the venue takes of a fill's surplus over the bankruptcy price, and how much of that the fund gets.
 *
 * Surplus S = max(0, difference). Owner FUND: S is taken, fund share `surplusShare`·S. Owner TRADER: the liquidation fee min(rate·value, S) is taken, so
 * that it cannot cause a bankruptcy, fund share `liquidationFeeShare` of it. The fund's part is rounded down to a quantum, which the venue's fees gain.
 * Source: IF' = IF + a·liquidation fees + …, arXiv 2512.01112, read 2026-11-22. Fees of ordinary trades and funding are the venue's: it credits its fund itself.
 */
export const surplusIncome = ({ owner, value, liquidationFeeRate, difference }: SurplusInput, policy: FundIncomePolicy): SurplusIncome => {
  const surplus = larger(ZERO, difference);
  if (owner === 'FUND') return shared(surplus, policy.surplusShare);
  return shared(smaller(floorToQuantum(value.times(liquidationFeeRate)), surplus), policy.liquidationFeeShare);
};
