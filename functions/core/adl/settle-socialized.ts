import { closePosition, creditPool } from '../account/close-position.ts';
import {
  balancedEntry,
  feeAccount,
  fundAccount,
  type JournalEntry,
  socializedAccount,
  takeoverAccount,
  valueLeg,
} from '../account/ledger.ts';
import type { Pool } from '../account/pool.ts';
import { invariant } from '../invariant.ts';
import type { CaseLeg, LiquidationCase } from '../liquidation/liquidation-case.ts';
import { sideSign } from '../market/side.ts';
import { type Decimal, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { floorToLot } from '../units/rounding.ts';
import { type Residual, residualAfter, transferValue } from './settlement-price.ts';
import type { Contribution, Socialization } from './socialize.ts';

/** What a leg of a case is socialized for. */
export interface SocializedLeg {
  readonly liquidation: LiquidationCase;
  readonly leg: CaseLeg;
}

const entryIdOf = ({ liquidation, leg }: SocializedLeg, name: string): string =>
  `${liquidation.caseId}#${leg.marketId}#${leg.side}#SOCIALIZED#${liquidation.attempt}#${name}`;

/** Takes a contribution from its pool and keeps it apart until the leg is closed. The pool keeps its positions. */
export const collect = (of: SocializedLeg, pool: Pool, { amount }: Contribution): { readonly pool: Pool; readonly entry: JournalEntry } => {
  const { liquidation, leg } = of;
  return {
    pool: creditPool(pool, money(amount.negated())),
    entry: balancedEntry({
      entryId: entryIdOf(of, pool.poolId),
      caseId: liquidation.caseId,
      kind: 'SOCIALIZATION',
      asset: liquidation.settlementAsset,
      marketId: leg.marketId,
      legs: [valueLeg(pool.poolId, amount.negated()), valueLeg(socializedAccount(liquidation.settlementAsset), amount)],
    }),
  };
};

/** Contributions that are not collected yet. They are collected in order and whole, so what came in is how far it has come. */
export const contributionsLeft = ({ contributions }: Socialization, { contributed }: CaseLeg): readonly Contribution[] => {
  let booked: Decimal = contributed;
  const left = contributions.filter(({ amount }) => {
    if (booked.isZero()) return true;
    booked = booked.minus(amount);
    return false;
  });
  invariant(booked.isZero(), 'what was collected is a whole number of contributions');
  return left;
};

/** All that was planned where all was collected; else the part of it that what came in pays for, down to the lot. */
export const closedBy = ({ quantity: planned, contributions }: Socialization, collected: Money, lotSize: Quantity): Quantity => {
  const whole = sum(contributions.map(({ amount }) => amount));
  if (collected.eq(whole)) return planned;
  return floorToLot(planned.times(collected).div(whole), lotSize);
};

export interface SocializedClose {
  readonly bankrupt: Pool;
  readonly leg: CaseLeg;
  /** What was collected beyond the loss, for the fund: less than a quantum a payer, or all where nothing could be closed. */
  readonly surplus: Money;
  readonly entry: JournalEntry;
}

/**
 * Closes `closed` contracts of a leg at the mark with what was collected for them.
 *
 * The bankrupt pool gets its share of the frozen bankruptcy value, the fee account the fee that it contains, the takeover account of the fund the position at
 * the mark; what those three miss comes out of the collected amount, and the rest of it goes to the fund. Values and quantities sum to zero. Settlement asset.
 */
export const closeSocialized = (
  of: SocializedLeg,
  bankrupt: Pool,
  residual: Residual,
  at: { readonly closed: Quantity; readonly markPrice: Price; readonly fundId: string },
): SocializedClose => {
  const { liquidation, leg } = of;
  const { closed, markPrice, fundId } = at;
  const value = transferValue(residual, closed, { kind: 'OTHER', price: markPrice });
  const surplus = money(leg.contributed.plus(value.toFund));
  invariant(surplus.gte(0), 'what was collected pays for what is closed');
  const sign = sideSign(leg.side);
  const pool = closed.isZero() ? bankrupt : closePosition(bankrupt, residual.terms, leg.side, closed, value.toBankrupt).pool;
  const rest = residualAfter(residual, closed);
  const { marketId } = leg;
  return {
    bankrupt: pool,
    leg: { ...leg, residualQuantity: quantity(rest.quantity), bankruptcyValue: rest.bankruptcyValue, contributed: money(ZERO) },
    surplus,
    entry: balancedEntry({
      entryId: entryIdOf(of, 'CLOSE'),
      caseId: liquidation.caseId,
      kind: 'SOCIALIZATION',
      asset: liquidation.settlementAsset,
      marketId,
      legs: [
        { account: bankrupt.poolId, marketId, quantity: sign.times(closed).negated(), value: value.toBankrupt },
        { account: takeoverAccount(fundId), marketId, quantity: sign.times(closed), value: value.toCounterparty },
        valueLeg(feeAccount(liquidation.settlementAsset), value.fee),
        valueLeg(socializedAccount(liquidation.settlementAsset), leg.contributed.negated()),
        valueLeg(fundAccount(fundId), surplus),
      ],
    }),
  };
};
