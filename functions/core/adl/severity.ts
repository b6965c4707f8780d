import { unreachable } from '../invariant.ts';
import { type Decimal, larger, ONE, smaller, ZERO } from '../units/decimal.ts';
import { type Money, type Quantity, quantity, type Ratio } from '../units/money.ts';
import { ceilToLot, floorToLot, withoutNoise } from '../units/rounding.ts';
import type { SeverityPolicy } from './severity-policy.ts';

export interface SeverityInput {
  /** The residual, in contracts. */
  readonly open: Quantity;
  readonly lotSize: Quantity;
  /** What one contract takes from whoever gives it, in the settlement asset; at or below zero where counterparties give up nothing. */
  readonly haircutPerContract: Decimal;
  /** What the wave took in this market and side before, in the settlement asset. */
  readonly takenBefore: Decimal;
}

/** What severity wants deleveraged, in contracts: to the digit for the budget, and in whole lots. */
export interface Wanted {
  readonly exact: Quantity;
  readonly inLots: Quantity;
}

type BudgetPolicy = Extract<SeverityPolicy, { readonly maximumOvershoot: Ratio }>;

/** The budget in contracts. What takes nothing from anybody needs none. */
const budgetQuantity = (policy: BudgetPolicy, { open, haircutPerContract, takenBefore }: SeverityInput): Decimal => {
  if (haircutPerContract.lte(0)) return open;
  switch (policy.kind) {
    case 'BUDGET_OF_DEFICIT':
      return open.times(policy.share);
    case 'BUDGET_OF_WAVE':
      return smaller(open, withoutNoise(larger(ZERO, policy.amount.minus(takenBefore)).div(haircutPerContract)));
    default:
      return unreachable(policy);
  }
};

/** Down to the lot, or up to it where the part of a lot above the budget is at most `maximumOvershoot` of it. Never above the residual. */
const budgetInLots = (exact: Decimal, { maximumOvershoot }: BudgetPolicy, { open, lotSize }: SeverityInput): Quantity => {
  if (exact.eq(open)) return open;
  const above = smaller(open, ceilToLot(exact, lotSize));
  const isWithin = above.minus(exact).lte(exact.times(maximumOvershoot));
  return isWithin ? quantity(above) : floorToLot(exact, lotSize);
};

/**
 * What a severity wants of a residual.
 *
 * FULL and caps: all. BUDGET_OF_DEFICIT: share·residual, which takes share·deficit. BUDGET_OF_WAVE: (amount − taken before in the wave) / haircut per contract, at
 * most the residual. In lots a budget is cut down, or passed by less than one lot where that is at most maximumOvershoot·budget. Contracts.
 * Source: severity θ apart from allocation, Chitra, arXiv 2512.01112; overshoot refused as GMX does; read 2026-11-22.
 */
export const wantedBy = (policy: SeverityPolicy, input: SeverityInput): Wanted => {
  switch (policy.kind) {
    case 'FULL':
    case 'CAP_OF_POSITION':
    case 'CAP_OF_PROFIT':
      return { exact: input.open, inLots: input.open };
    case 'BUDGET_OF_DEFICIT':
    case 'BUDGET_OF_WAVE': {
      const exact = quantity(budgetQuantity(policy, input));
      return { exact, inLots: budgetInLots(exact, policy, input) };
    }
    default:
      return unreachable(policy);
  }
};

/** What a counterparty has and has given in this wave. Contracts; money in the settlement asset. */
export interface Holding {
  readonly ranked: Quantity;
  readonly held: Quantity;
  readonly profit: Money;
  /** Σ of its positive haircuts in this wave so far. */
  readonly given: Decimal;
}

/** Contracts until a share of the profit is given up; what takes nothing from anybody has no such limit. */
const untilProfit = (share: Decimal, { held, profit, given }: Holding, haircutPerContract: Decimal): Decimal =>
  haircutPerContract.gt(0) ? withoutNoise(larger(ZERO, larger(ZERO, profit).times(share).minus(given)).div(haircutPerContract)) : held;

/**
 * The most that a counterparty may give: what it holds; CAP_OF_POSITION: share·ranked position − given in the wave; CAP_OF_PROFIT: until
 * share·profit is given up, haircuts of the wave counted. Where the allocation keeps the principal safe, never more than its
 * profit, whatever the severity. Contracts, never below zero, never above what is held.
 */
export const limitOf = (policy: SeverityPolicy, holding: Holding, haircutPerContract: Decimal, isPrincipalSafe: boolean): Quantity => {
  const limits: Decimal[] = [holding.held];
  if (isPrincipalSafe) limits.push(untilProfit(ONE, holding, haircutPerContract));
  if (policy.kind === 'CAP_OF_PROFIT') limits.push(untilProfit(policy.share, holding, haircutPerContract));
  if (policy.kind === 'CAP_OF_POSITION') {
    limits.push(larger(ZERO, holding.ranked.times(policy.share).minus(holding.ranked.minus(holding.held))));
  }
  return quantity(limits.reduce(smaller));
};
