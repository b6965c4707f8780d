import { invariant } from '../invariant.ts';
import { sideSign } from '../market/side.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { allocateByQueue } from './allocation/queue.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';
import { haircutOf, type Residual, residualAfter, type TransferValue, transferValue } from './settlement-price.ts';

export interface Transfer {
  readonly accountId: string;
  readonly poolId: string;
  readonly quantity: Quantity;
  /** The exact settlement price, 64 digits. */
  readonly price: Price;
  readonly realizedPnl: Money;
  readonly haircut: Money;
}

export interface DeleveragingPlan {
  readonly residual: Residual;
  readonly markPrice: Price;
  readonly ranking: readonly RankedCounterparty[];
  readonly transfers: readonly Transfer[];
  readonly residualQuantity: Quantity;
  /** What is needed: Σ of positive haircuts at exact allocation. */
  readonly budget: Money;
  /** Σ of positive haircuts of the transfers. */
  readonly taken: Money;
  readonly overshoot: Money;
}

export interface DeleveragingInput {
  readonly residual: Residual;
  readonly markPrice: Price;
  readonly ranking: readonly RankedCounterparty[];
  /** What earlier residuals of the wave left of each counterparty's position, by pool id; a pool that is absent has all of it. */
  readonly remaining: ReadonlyMap<string, Quantity>;
}

/** The value of each part in turn, as the ledger will book it; a part of nothing has none. */
const valuesInTurn = (residual: Residual, parts: readonly Quantity[]): readonly (TransferValue | null)[] => {
  let left = residual;
  return parts.map((part) => {
    if (part.isZero()) return null;
    const value = transferValue(left, part);
    left = residualAfter(left, part);
    return value;
  });
};

const transferTo = (input: DeleveragingInput, ranked: RankedCounterparty, part: Quantity, value: TransferValue): Transfer => {
  const { position } = ranked.counterparty.assessed;
  const entryPart = shareOf(position.entryValue, part, position.quantity);
  return {
    accountId: ranked.accountId,
    poolId: ranked.poolId,
    quantity: part,
    price: input.residual.price,
    realizedPnl: money(value.toCounterparty.minus(sideSign(position.side).times(entryPart))),
    haircut: haircutOf(input.residual, part, value, input.markPrice),
  };
};

const positivePart = (values: readonly Decimal[]): Decimal => sum(values.map((value) => larger(ZERO, value)));

/** Σ of positive haircuts of an allocation that ignores the lot. */
const exactBudget = ({ residual, markPrice }: DeleveragingInput, held: readonly Quantity[]): Decimal => {
  const { taken } = allocateByQueue(residual.quantity, held, null);
  const values = valuesInTurn(residual, taken);
  return positivePart(
    taken.flatMap((part, index) => {
      const value = values[index];
      return value === null || value === undefined ? [] : [haircutOf(residual, part, value, markPrice)];
    }),
  );
};

/**
 * Plans who takes a residual: severity FULL (all of it), allocation QUEUE down the ranking, price BANKRUPTCY.
 *
 * Σ transfers + residualQuantity = residual exactly; nobody gives more than it holds, nobody flips, ineligible places give nothing.
 * budget = Σ max(0, haircut) at exact allocation, taken = the same over the transfers, overshoot = taken − budget. Settlement asset.
 * What the queue cannot take is the visible `residualQuantity`; the plan never loops.
 */
export const decideDeleveraging = (input: DeleveragingInput): DeleveragingPlan => {
  const eligible = input.ranking.filter((each) => each.eligible);
  const held = eligible.map((each) => quantity(input.remaining.get(each.poolId) ?? each.quantity));
  const allocation = allocateByQueue(input.residual.quantity, held, input.residual.terms.lotSize);
  const values = valuesInTurn(input.residual, allocation.taken);
  const transfers = eligible.flatMap((each, index) => {
    const part = allocation.taken[index];
    const value = values[index];
    return part === undefined || value === null || value === undefined ? [] : [transferTo(input, each, part, value)];
  });
  const moved = sum(transfers.map((each) => each.quantity));
  invariant(moved.plus(allocation.residual).eq(input.residual.quantity), 'transfers and residual add up to the bankrupt quantity');
  const budget = exactBudget(input, held);
  const taken = positivePart(transfers.map((each) => each.haircut));
  return {
    residual: input.residual,
    markPrice: input.markPrice,
    ranking: input.ranking,
    transfers,
    residualQuantity: allocation.residual,
    budget: money(budget),
    taken: money(taken),
    overshoot: money(taken.minus(budget)),
  };
};

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
