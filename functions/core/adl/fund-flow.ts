import { type FundState, settleHeld } from '../insurance/fund-state.ts';
import { type Decimal, larger, sum, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import type { EpochMs } from '../units/time.ts';
import type { Transfer } from './deleveraging-plan.ts';

/** What the fund pays for transfers and takes in with them, both at least zero. Settlement asset. */
export interface FundFlow {
  readonly paid: Money;
  readonly received: Money;
}

/** Σ of the negative and Σ of the positive differences to the bankruptcy price; both zero at the bankruptcy price. */
export const fundFlowOf = (transfers: readonly Transfer[]): FundFlow => {
  const total = (amounts: readonly Decimal[]): Money => money(sum(amounts.map((amount) => larger(ZERO, amount))));
  return { paid: total(transfers.map(({ toFund }) => toFund.negated())), received: total(transfers.map(({ toFund }) => toFund)) };
};

/** Whether anything flows at all. */
export const isFlowing = ({ paid, received }: FundFlow): boolean => paid.gt(0) || received.gt(0);

/** The fund after transfers were booked: what they cost comes out of what the plan reserved for them. */
export const afterFlow = (fund: FundState, marketId: string, { paid, received }: FundFlow, at: EpochMs): FundState =>
  settleHeld(fund, marketId, { held: paid, drawn: paid, received }, at);
