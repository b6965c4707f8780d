import { type Decimal, smaller, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import type { ReferencePrices } from './deleveraging-price.ts';
import type { ResidualPolicy } from './plan-quantity.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';
import { type ClosesAt, type Residual, residualAfter } from './settlement-price.ts';
import type { SettlementPriceKind } from './settlement-price-policy.ts';

export interface Transfer {
  readonly accountId: string;
  readonly poolId: string;
  readonly quantity: Quantity;
  /** The exact settlement price, 64 digits. */
  readonly price: Price;
  readonly realizedPnl: Money;
  readonly haircut: Money;
  /** The difference to the bankruptcy price: what the fund takes in, negative where it pays; zero at the bankruptcy price. */
  readonly toFund: Money;
}

/**
 * COVERED: all of it, but for less than a lot. LIMITED_BY_SEVERITY, LIMITED_BY_FUND: as much as the rules wanted, or as the fund could pay for. INFEASIBLE: the
 * counterparties together may give less than was wanted, so that the residual needs somebody else.
 */
export type DeleveragingOutcome = 'COVERED' | 'LIMITED_BY_SEVERITY' | 'LIMITED_BY_FUND' | 'INFEASIBLE';

export interface DeleveragingPlan {
  readonly residual: Residual;
  readonly markPrice: Price;
  /** What counterparties close at, and which of the prices that is. */
  readonly settlementPrice: Price;
  readonly settlementPriceKind: SettlementPriceKind;
  readonly closesAt: ClosesAt;
  readonly ranking: readonly RankedCounterparty[];
  readonly transfers: readonly Transfer[];
  readonly residualQuantity: Quantity;
  readonly outcome: DeleveragingOutcome;
  /** What is needed: Σ of positive haircuts at exact allocation. */
  readonly budget: Money;
  /** Σ of positive haircuts of the transfers. */
  readonly taken: Money;
  readonly overshoot: Money;
  /** What the fund pays in all, and what it would pay for all that severity wants. */
  readonly fundCost: Money;
  readonly fundDemand: Money;
}

/** How a residual is taken, with what that depends on. */
export interface ResidualTerms {
  readonly policy: ResidualPolicy;
  readonly references: ReferencePrices;
  /** Σ of positive haircuts that this wave took of each pool, by pool id; a pool that is absent gave nothing. */
  readonly given: ReadonlyMap<string, Money>;
  /** What the fund may pay for this market. */
  readonly fundAvailable: Money;
}

export interface DeleveragingInput {
  readonly residual: Residual;
  readonly markPrice: Price;
  readonly ranking: readonly RankedCounterparty[];
  /** What earlier residuals of the wave left of each counterparty's position, by pool id; a pool that is absent has all of it. */
  readonly remaining: ReadonlyMap<string, Quantity>;
  /** Absent: the whole residual, down the queue, at its bankruptcy price. */
  readonly terms?: ResidualTerms;
}

/** What the plan leaves of each counterparty it touched, for the next residual of the wave. */
export const remainingAfter = (plan: DeleveragingPlan, remaining: ReadonlyMap<string, Quantity>): ReadonlyMap<string, Quantity> => {
  const next = new Map(remaining);
  for (const transfer of plan.transfers) {
    const ranked = plan.ranking.find((each) => each.poolId === transfer.poolId);
    const before = next.get(transfer.poolId) ?? ranked?.quantity ?? transfer.quantity;
    next.set(transfer.poolId, quantity(smaller(before, before.minus(transfer.quantity))));
  }
  return next;
};

/** What the wave took of each pool after the plan: Σ of positive haircuts, by pool id. Settlement asset. */
export const givenAfter = (plan: Pick<DeleveragingPlan, 'transfers'>, given: ReadonlyMap<string, Money>): ReadonlyMap<string, Money> => {
  const next = new Map(given);
  for (const { poolId, haircut } of plan.transfers) {
    const before: Decimal = next.get(poolId) ?? ZERO;
    if (haircut.gt(0)) next.set(poolId, money(before.plus(haircut)));
  }
  return next;
};

/** What the plan leaves of its residual, with what is left of the bankruptcy value. */
export const residualAfterPlan = ({ residual, transfers }: Pick<DeleveragingPlan, 'residual' | 'transfers'>): Residual =>
  transfers.reduce((left, transfer) => residualAfter(left, transfer.quantity), residual);
