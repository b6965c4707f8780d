import { invariant } from '../invariant.ts';
import { type Decimal, ONE, ZERO } from '../units/decimal.ts';
import { type Money, type Ratio, ratio } from '../units/money.ts';
import { floorToQuantum } from '../units/rounding.ts';

/**
 * The part of every withdrawal that is kept while a fund is bankrupt: EB / (total + EB), EB what the fund owes beyond all it has, total the balances of
 * everybody else. Ratio, 64 digits; 0 where nothing is owed. Both amounts in one settlement asset, EB at least zero, total above zero.
 *
 * Source: Paradex, socialized losses, read 2026-11-22. The page contradicts itself: its example charges 25 % for 1,000 owed beside a total of 4,000, its
 * formula gives 20 % there. 25 % is what the formula gives for a total of 3,000, which is 4,000 without the fund: this is the reading here.
 */
export const withdrawalCharge = (owed: Money, total: Money): Ratio => {
  invariant(owed.gte(0) && total.gt(0), 'what a fund owes is not negative, and somebody has a balance');
  return ratio(owed.isZero() ? ZERO : owed.div(total.plus(owed)));
};

/** What of a withdrawal is paid out under a charge, down to a quantum: who withdraws bears the rest. */
export const paidOut = (amount: Money, charge: Decimal): Money => floorToQuantum(amount.times(ONE.minus(charge)));
