import { unreachable } from '../../invariant.ts';
import { type Decimal, larger, smaller, sum, ZERO } from '../../units/decimal.ts';
import { type Money, type Quantity, quantity } from '../../units/money.ts';
import { floorToLot } from '../../units/rounding.ts';
import type { AllocationPolicy } from './allocation-policy.ts';
import { allocateByQueue } from './queue.ts';
import { fillToLevel, SHARE_NOISE, type Vessel } from './water-level.ts';
import { inWholeLots } from './whole-lots.ts';

/** An eligible counterparty, as an allocation sees it. Contracts; money in the settlement asset. */
export interface Place {
  /** As ranked, before the wave took anything: shares are of this, so that it is the same whether a wave has one residual or many. */
  readonly ranked: Quantity;
  /** What is left of the position. */
  readonly held: Quantity;
  /** The most that it may give now; at most `held`. */
  readonly limit: Quantity;
  /** Unrealized profit of the ranked position at the mark. */
  readonly profit: Money;
  /** Margin balance of its pool at the mark. */
  readonly marginBalance: Money;
  /** Notional value of the ranked position. */
  readonly notionalValue: Money;
}

/** What each place gives, in the order of the places, and what all of them together could not take. */
export interface Allocation {
  readonly taken: readonly Quantity[];
  readonly residual: Quantity;
}

type LevelPolicy = Exclude<AllocationPolicy, 'QUEUE'>;

/** The weight that a place gives by. Zero for none: without a profit or a balance to measure by it gives nothing. */
const weightOf = (policy: LevelPolicy, place: Place): Decimal => {
  switch (policy) {
    case 'PRO_RATA_BY_PROFIT':
    case 'CAPPED_PRO_RATA':
      return larger(ZERO, place.profit);
    case 'PRO_RATA_BY_EQUITY':
    case 'LEVERAGE_DRAIN':
      return larger(ZERO, place.marginBalance);
    case 'PRO_RATA_BY_CONTRACTS':
      return place.ranked;
    case 'RISK_AWARE_PRO_RATA': {
      const effectiveLeverage = place.marginBalance.gt(0) ? place.notionalValue.div(place.marginBalance) : ZERO;
      return larger(ZERO, place.profit).times(effectiveLeverage).times(effectiveLeverage);
    }
    default:
      return unreachable(policy);
  }
};

/** What earlier residuals of the wave took. A share is of the wave's whole need, so it counts. */
const givenBy = (place: Place): Decimal => place.ranked.minus(place.held);

/**
 * Pro rata: given + x = weight·t. Leverage drain: x = held − equity·k with k = −t falling from the highest leverage, in contracts per marginBalance, so that all that
 * give end at the same one.
 */
const vesselOf = (policy: LevelPolicy, place: Place): Vessel => ({
  intercept: policy === 'LEVERAGE_DRAIN' ? place.held : givenBy(place).negated(),
  weight: weightOf(policy, place),
  cap: place.limit,
});

/** Exact shares, of which none takes more than the ones before it left: together they are no more than the need. */
const withinNeed = (needed: Quantity, exact: readonly Decimal[]): Allocation => {
  let left: Decimal = needed;
  const taken = exact.map((share) => {
    const part = smaller(share, left);
    left = left.minus(part);
    return quantity(part);
  });
  return { taken, residual: quantity(left.lt(SHARE_NOISE) ? ZERO : left) };
};

const byLevel = (policy: LevelPolicy, needed: Quantity, places: readonly Place[], lotSize: Quantity | null): Allocation => {
  const vessels = places.map((place) => vesselOf(policy, place));
  const exact = fillToLevel(needed, vessels);
  if (lotSize === null) return withinNeed(needed, exact);
  const shares = places.map(({ held, limit }, index) => ({ exact: exact[index] ?? ZERO, held, limit }));
  const taken = inWholeLots(needed, shares, lotSize);
  return { taken, residual: quantity(needed.minus(sum(taken))) };
};

/** In a queue a place with a limit gives up to the lot below it; a whole position goes as it is. */
const queueLimit = ({ held, limit }: Place, lotSize: Quantity | null): Quantity =>
  lotSize === null || limit.eq(held) ? limit : floorToLot(limit, lotSize);

/**
 * Divides `needed` contracts among the places, best first, by one policy. `lotSize` null divides exactly, for the budget.
 *
 * Σ taken + residual = needed exactly (an exact division: within 1e-30); nobody above its limit. QUEUE: min(limit, what is left) in order. Pro rata: min(limit, weight·t − given before), one t for all, with
 * weight = profit, margin balance, contracts, or profit·leverage². LEVERAGE_DRAIN: held − min(held, balance·k), one k for all: everybody who gives ends
 * with the same notional value per margin balance. Lots by the largest remainder. A place whose weight is zero gives nothing.
 * Where the limits hold less than `needed`, all give their limit and the rest is the residual: the allocation never loops and never flips anybody.
 * Source: queue BitMEX; pro rata by contracts Drift (socialised), by profit and capped Chitra, arXiv 2512.01112, with g(leverage) = leverage for the risk-aware
 * one; leverage drain Campbell, Hey, Moallemi, Nutz, arXiv 2603.15963; read 2026-11-22.
 */
export const allocate = (policy: AllocationPolicy, needed: Quantity, places: readonly Place[], lotSize: Quantity | null): Allocation => {
  if (policy !== 'QUEUE') return byLevel(policy, needed, places, lotSize);
  const limits = places.map((place) => queueLimit(place, lotSize));
  return allocateByQueue(needed, limits, lotSize);
};
