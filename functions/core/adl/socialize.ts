import type { MarginAssessment } from '../margin/assess-margin.ts';
import { byCodeUnits } from '../ordering.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { ceilToQuantum, floorToLot, floorToQuantum } from '../units/rounding.ts';
import type { AfterCounterparties } from './after-counterparties-policy.ts';
import { fillToLevel } from './allocation/water-level.ts';
import type { Transfer } from './deleveraging-plan.ts';
import { fundCostOf, type Residual } from './settlement-price.ts';

/** A pool that may have to pay, with what it has in the market, both sides added. Contracts; money in the settlement asset, at the mark. */
export interface Payer {
  readonly accountId: string;
  readonly poolId: string;
  readonly quantity: Quantity;
  readonly profit: Money;
  readonly marginBalance: Money;
}

/** What one pool pays of a socialized loss: above zero, in quanta. */
export interface Contribution {
  readonly accountId: string;
  readonly poolId: string;
  readonly amount: Money;
}

export interface Socialization {
  /** What is closed of the residual. */
  readonly quantity: Quantity;
  /** By `poolId`. */
  readonly contributions: readonly Contribution[];
}

export const NOT_SOCIALIZED: Socialization = { quantity: quantity(ZERO), contributions: [] };

/** The pool as a payer of a market. */
export const payerOf = ({ pool, marginBalance, positions }: MarginAssessment, marketId: string): Payer => {
  const held = positions.filter(({ position }) => position.marketId === marketId);
  return {
    accountId: pool.accountId,
    poolId: pool.poolId,
    quantity: quantity(sum(held.map(({ position }) => position.quantity))),
    profit: money(sum(held.map(({ unrealizedPnl }) => unrealizedPnl))),
    marginBalance,
  };
};

/**
 * The payers as the plan's transfers leave them: who gave its position does not pay for it as well. quantity − what was given; profit − what became real or
 * was given up with it, realizedPnl + haircut; marginBalance − haircut.
 */
export const payersAfter = (payers: readonly Payer[], transfers: readonly Transfer[]): readonly Payer[] =>
  payers.map((payer) => {
    const transfer = transfers.find(({ poolId }) => poolId === payer.poolId);
    if (transfer === undefined) return payer;
    return {
      ...payer,
      quantity: quantity(payer.quantity.minus(transfer.quantity)),
      profit: money(payer.profit.minus(transfer.realizedPnl).minus(transfer.haircut)),
      marginBalance: money(payer.marginBalance.minus(transfer.haircut)),
    };
  });

type Shared = Exclude<AfterCounterparties, 'CARRY_AND_HALT'>;

const weightOf = (over: Shared, payer: Payer): Decimal => {
  switch (over) {
    case 'SOCIALIZE_OVER_OPEN_INTEREST':
      return payer.quantity;
    case 'SOCIALIZE_OVER_WINNERS':
      return larger(ZERO, payer.profit);
  }
};

/** The most that a pool pays: its margin balance, and of winners their profit; down to a quantum. */
const limitOf = (over: Shared, { profit, marginBalance }: Payer): Money => {
  const most = over === 'SOCIALIZE_OVER_WINNERS' ? smaller(profit, marginBalance) : marginBalance;
  return floorToQuantum(larger(ZERO, most));
};

/**
 * Divides the loss that closing a residual at the mark leaves among the payers.
 *
 * loss = B + V·f + v·V_mark for the whole residual; share = min(limit, weight·t), one t for all, Σ shares = loss; amount = min(limit, share up to a quantum), so
 * that together they pay no less than the loss. Where all limits hold less, as much of the residual is closed as they pay for, cut to the lot.
 * Nobody pays more than its margin balance, winners no more than their profit. Nothing is socialized of a residual without a loss at the mark.
 * Source: Drift v2 (loss ÷ (long + short base), rounded up) and Mango; Deribit (winners of the day; here the unrealized profit at the mark), read
 * 2026-11-22. That a pool's own balance is a limit is ours.
 */
export const socialize = (over: AfterCounterparties, residual: Residual, markPrice: Price, payers: readonly Payer[]): Socialization => {
  const { quantity: open, terms } = residual;
  const loss = fundCostOf(residual, { kind: 'OTHER', price: markPrice });
  if (over === 'CARRY_AND_HALT' || open.isZero() || loss.lte(0)) return NOT_SOCIALIZED;
  const paying = payers
    .filter((payer) => weightOf(over, payer).gt(0) && limitOf(over, payer).gt(0))
    .toSorted((a, b) => byCodeUnits(a.poolId, b.poolId));
  const limits = paying.map((payer) => limitOf(over, payer));
  const most = sum(limits);
  const closed = most.gte(ceilToQuantum(loss)) ? open : floorToLot(open.times(most).div(loss), terms.lotSize);
  const needed = ceilToQuantum(loss.times(closed).div(open));
  const shares = fillToLevel(
    needed,
    paying.map((payer, index) => ({ intercept: ZERO, weight: weightOf(over, payer), cap: limits[index] ?? ZERO })),
  );
  const contributions = paying.map(({ accountId, poolId }, index) => {
    const amount = money(smaller(limits[index] ?? ZERO, ceilToQuantum(shares[index] ?? ZERO)));
    return { accountId, poolId, amount };
  });
  return { quantity: closed, contributions: contributions.filter(({ amount }) => amount.gt(0)) };
};
