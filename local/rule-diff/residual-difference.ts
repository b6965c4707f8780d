import type { DeleveragingPlan, Transfer } from '#core/adl/deleveraging-plan.ts';
import { present } from '#core/invariant.ts';
import type { Side } from '#core/market/side.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { deleverageBook } from '../deleverage-book.ts';
import type { Book } from '../parse-book.ts';

/** What deleveraging makes of one residual under one rule set. */
export interface ResidualFate {
  readonly counterparties: number;
  readonly residualQuantity: Decimal;
  /** Σ of positive haircuts. Settlement asset. */
  readonly taken: Decimal;
}

export interface ResidualDifference {
  /** In the book's order, from 0. */
  readonly index: number;
  readonly marketId: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly before: ResidualFate;
  readonly after: ResidualFate;
  /** Transfers that only one of the two makes: another counterparty, quantity or price. */
  readonly transfersChanged: number;
}

const fateOf = ({ transfers, residualQuantity, taken }: DeleveragingPlan): ResidualFate => ({
  counterparties: new Set(transfers.map(({ poolId }) => poolId)).size,
  residualQuantity,
  taken,
});

const transferText = ({ poolId, quantity, price }: Transfer): string => [poolId, quantity.toFixed(), price.toFixed()].join(' ');

const onlyIn = (plan: DeleveragingPlan, other: DeleveragingPlan): number => {
  const known = new Set(other.transfers.map(transferText));
  return plan.transfers.filter((transfer) => !known.has(transferText(transfer))).length;
};

const compared = (before: DeleveragingPlan, after: DeleveragingPlan, index: number): ResidualDifference => ({
  index,
  marketId: before.residual.terms.marketId,
  side: before.residual.side,
  quantity: before.residual.quantity,
  before: fateOf(before),
  after: fateOf(after),
  transfersChanged: onlyIn(before, after) + onlyIn(after, before),
});

const isChanged = ({ before, after, transfersChanged }: ResidualDifference): boolean =>
  transfersChanged > 0 || !before.residualQuantity.eq(after.residualQuantity) || !before.taken.eq(after.taken);

/** The residuals of a book that the two rule sets deleverage differently, in the book's order. */
export const residualDifferences = async (
  file: string,
  book: Book,
  before: RuleSet,
  after: RuleSet,
): Promise<readonly ResidualDifference[]> => {
  if (book.residuals.length === 0) return [];
  const [from, to] = [await deleverageBook(file, book, before), await deleverageBook(file, book, after)];
  return from.map((plan, index) => compared(plan, present(to[index], 'one book has one set of residuals'), index)).filter(isChanged);
};
