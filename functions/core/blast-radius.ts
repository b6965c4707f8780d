import type { Decision, DeleveragingDecision, ShortfallDecision } from './decision.ts';
import { byCodeUnits } from './ordering.ts';
import { type Decimal, sum, ZERO } from './units/decimal.ts';
import { type Money, money } from './units/money.ts';

/** How far something reached. Ids by code units, each once. */
export interface BlastRadius {
  readonly accounts: readonly string[];
  readonly markets: readonly string[];
  /** Σ absolute value that was ordered, or changed hands, at the price of the decision; settlement asset. */
  readonly valueMoved: Money;
}

const listed = (ids: readonly string[]): readonly string[] => [...new Set(ids)].sort(byCodeUnits);

export const NO_BLAST: BlastRadius = { accounts: [], markets: [], valueMoved: money(ZERO) };

/** The blast radius of several together: everybody touched once, every value counted. */
export const together = (each: readonly BlastRadius[]): BlastRadius => ({
  accounts: listed(each.flatMap(({ accounts }) => accounts)),
  markets: listed(each.flatMap(({ markets }) => markets)),
  valueMoved: money(sum(each.map(({ valueMoved }) => valueMoved))),
});

const accountOfPool = (poolId: string): string => poolId.split('#', 1)[0] ?? poolId;

/** What absorbing costs the fund; nothing where the rules do not let it. */
const paidBy = ({ choice, facts }: ShortfallDecision): Money => {
  const shortfall = facts.get('shortfall');
  return money(choice.absorbs && shortfall !== undefined && typeof shortfall !== 'string' ? shortfall : ZERO);
};

/** |bankruptcy value| of the part that found a counterparty. */
const transferredBy = ({ inputs, residualQuantity }: DeleveragingDecision): Money => {
  if (inputs.quantity.isZero()) return money(ZERO);
  const taken = inputs.quantity.minus(residualQuantity);
  return money(inputs.bankruptcyValue.abs().times(taken).div(inputs.quantity));
};

const absolute = (values: readonly Decimal[]): Money => money(sum(values.map((value) => value.abs())));

/**
 * Accounts, markets and value that a decision touches, from what it records alone.
 *
 * OPENING: the pool's account, the markets of its legs, Σ |bankruptcy value| of the legs that a case opened for; nothing where it was put off. SHORTFALL: its
 * account and market, and what absorbing costs the fund. DELEVERAGING: its account and every counterparty's, its market, |bankruptcy value| of what was taken.
 * The other decisions move nothing.
 * Source: the mission page on failure propagation asks for accounts, money and markets touched by each decision, read 2026-11-22.
 */
export const blastRadius = (decision: Decision): BlastRadius => {
  switch (decision.kind) {
    case 'OPENING': {
      if (decision.outcome === 'DEFERRED' || decision.outcome === 'CANCELLED') return NO_BLAST;
      const markets = listed(decision.legs.map(({ marketId }) => marketId));
      return { accounts: [accountOfPool(decision.poolId)], markets, valueMoved: absolute(decision.legs.map((leg) => leg.bankruptcyValue)) };
    }
    case 'SHORTFALL':
      return { accounts: [accountOfPool(decision.poolId)], markets: [decision.marketId], valueMoved: paidBy(decision) };
    case 'DELEVERAGING':
      return {
        accounts: listed([decision.accountId, ...decision.transfers.map(({ accountId }) => accountId)]),
        markets: [decision.marketId],
        valueMoved: transferredBy(decision),
      };
    default:
      return NO_BLAST;
  }
};
