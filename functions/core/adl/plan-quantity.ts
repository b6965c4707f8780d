import type { DeleveragingPolicy } from '../policy.ts';
import { type Decimal, smaller, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, type Price, type Quantity, quantity } from '../units/money.ts';
import { floorToLot, withoutNoise } from '../units/rounding.ts';
import type { Place } from './allocation/allocate.ts';
import { protectsPrincipal } from './allocation/allocation-policy.ts';
import type { AppliedDeleveraging } from './applied-deleveraging.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';
import { type ClosesAt, fundCostOf, haircutOf, type Residual, transferValue } from './settlement-price.ts';
import { limitOf, type Wanted, wantedBy } from './severity.ts';

/** What a rule set chooses of how a residual is taken. */
export type ResidualPolicy = Pick<AppliedDeleveraging, 'allocation' | 'severity' | 'settlementPrice'>;

/** What one contract of the residual takes from whoever gives it: its haircut over the whole. Settlement asset. */
export const haircutPerContract = (residual: Residual, closesAt: ClosesAt, markPrice: Price): Decimal => {
  const { quantity: open } = residual;
  if (open.isZero()) return ZERO;
  return haircutOf(residual, open, transferValue(residual, open, closesAt), markPrice).div(open);
};

/** Whether a plan depends on what the wave took before. */
export const remembersGiven = ({ allocation, severity }: Pick<DeleveragingPolicy, 'allocation' | 'severity'>): boolean =>
  severity.kind === 'BUDGET_OF_WAVE' || severity.kind === 'CAP_OF_PROFIT' || protectsPrincipal(allocation);

/** Σ of what the wave took from everybody in this market and side. */
export const takenBefore = (given: ReadonlyMap<string, Money>): Decimal => sum([...given.values()]);

/** The eligible counterparties as an allocation sees them, in the order of the ranking. */
export const placesOf = (
  eligible: readonly RankedCounterparty[],
  { allocation, severity }: ResidualPolicy,
  remaining: ReadonlyMap<string, Quantity>,
  given: ReadonlyMap<string, Money>,
  perContract: Decimal,
): readonly Place[] =>
  eligible.map(({ poolId, quantity: ranked, counterparty }) => {
    const { unrealizedPnl: profit, notionalValue } = counterparty.assessed;
    // Whoever traded up since it was ranked is still asked for its part of what was ranked.
    const held = quantity(smaller(ranked, remaining.get(poolId) ?? ranked));
    const holding = { ranked, held, profit, given: given.get(poolId) ?? ZERO };
    const limit = limitOf(severity, holding, perContract, protectsPrincipal(allocation));
    return { ranked, held, limit, profit, marginBalance: counterparty.assessment.marginBalance, notionalValue };
  });

/** What is wanted of a residual after severity and fund, and which of them cut it. */
export interface WantedQuantity extends Wanted {
  readonly limitedBy: 'SEVERITY' | 'FUND' | null;
  /** What the fund would pay for all that severity wants; zero where it pays nothing. */
  readonly fundDemand: Money;
}

/** The part of `wanted` whose difference to the bankruptcy price the fund can pay, to the digit. */
const affordable = (wanted: Decimal, cost: Decimal, available: Decimal): Decimal =>
  cost.lte(available) ? wanted : withoutNoise(wanted.times(available.gt(0) ? available : ZERO).div(cost));

/**
 * How much of a residual is wanted: what severity wants, and of that what the fund can pay for where counterparties close at another price than the
 * bankruptcy price, cut to the lot. Contracts. What the fund cannot pay stays in the residual.
 */
export const wantedOf = (
  residual: Residual,
  closesAt: ClosesAt,
  policy: ResidualPolicy,
  spent: { readonly takenBefore: Decimal; readonly fundAvailable: Money; readonly haircutPerContract: Decimal },
): WantedQuantity => {
  const { quantity: open, terms } = residual;
  const wanted = wantedBy(policy.severity, {
    open,
    lotSize: terms.lotSize,
    haircutPerContract: spent.haircutPerContract,
    takenBefore: spent.takenBefore,
  });
  const costOfAll = fundCostOf(residual, closesAt);
  const cost = costOfAll.gt(0) && !open.isZero() ? costOfAll.times(wanted.inLots).div(open) : ZERO;
  const limitedBy = wanted.inLots.lt(open) ? 'SEVERITY' : null;
  const fundDemand = money(cost);
  if (cost.lte(spent.fundAvailable)) return { ...wanted, limitedBy, fundDemand };
  const exact = quantity(affordable(wanted.inLots, cost, spent.fundAvailable));
  return { exact, inLots: floorToLot(exact, terms.lotSize), limitedBy: 'FUND', fundDemand };
};
