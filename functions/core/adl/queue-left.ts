import { unreachable } from '../invariant.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import type { Quantity } from '../units/money.ts';
import type { ResidualPolicy } from './plan-quantity.ts';
import type { RankedCounterparty } from './rank-counterparties.ts';

/**
 * What a queue has left, in contracts by pool id: nothing before the first place that is named, what is named there, all of every other place; empty for
 * a queue that nobody has taken from. A queue is used up from its front, so a few names say what a list of everybody touched would say.
 */
export type QueueLeft = ReadonlyMap<string, Quantity>;

type Ranking = readonly RankedCounterparty[];

/** Whether a place may not give to the residual in question. */
type IsBarred = (each: RankedCounterparty) => boolean;

/** The queue from its first place with something left. */
export const fromFront = (ranking: Ranking, left: QueueLeft): Ranking => {
  const front = left.size === 0 ? 0 : ranking.findIndex((each) => left.has(each.poolId));
  return front <= 0 ? ranking : ranking.slice(front);
};

/**
 * The places that a residual of `needed` contracts reaches: from the front until those that may give it hold all of it. What lies behind gives nothing
 * whatever the lot, so a plan over these places is the plan over the whole queue. Places that are barred from this residual give nothing.
 */
export const withinReach = (ranking: Ranking, left: QueueLeft, needed: Quantity, isBarred: IsBarred): Ranking => {
  const places = fromFront(ranking, left);
  let held: Decimal = ZERO;
  const last = places.findIndex((each) => {
    if (each.eligible && !isBarred(each)) held = held.plus(left.get(each.poolId) ?? each.quantity);
    return held.gte(needed);
  });
  return last === -1 ? places : places.slice(0, last + 1);
};

/** Whether a residual is taken from the head of the queue, whole position after whole position. */
const isFromHead = ({ allocation, severity }: ResidualPolicy): boolean => {
  switch (severity.kind) {
    case 'FULL':
    case 'BUDGET_OF_DEFICIT':
    case 'BUDGET_OF_WAVE':
      return allocation === 'QUEUE';
    case 'CAP_OF_POSITION':
    case 'CAP_OF_PROFIT':
      return false;
    default:
      return unreachable(severity);
  }
};

/** The places that a residual may be taken from: those within reach of the head, or where all give a part, all that have something left. */
export const placesFor = (policy: ResidualPolicy, ranking: Ranking, left: QueueLeft, needed: Quantity, isBarred: IsBarred): Ranking =>
  isFromHead(policy) ? withinReach(ranking, left, needed, isBarred) : fromFront(ranking, left);

/**
 * Names what is left after a part of the queue was used: `remaining` says of touched pools what they still have, of places before the front of `left`
 * nothing. Total; an exhausted queue names its last place with nothing.
 */
export const queueLeft = (ranking: Ranking, left: QueueLeft, remaining: ReadonlyMap<string, Quantity>): QueueLeft => {
  if (remaining.size === 0) return left;
  const places = fromFront(ranking, left);
  const leftOf = (each: RankedCounterparty): Quantity => remaining.get(each.poolId) ?? each.quantity;
  // −1, where nobody has anything left, is the last place too.
  const found = places.findIndex((each) => !leftOf(each).isZero());
  const front = places.at(found);
  if (front === undefined) return left;
  const usedUp = new Set(places.slice(0, found).map((each) => each.poolId));
  const behind = [...remaining].filter(([poolId]) => poolId !== front.poolId && !usedUp.has(poolId));
  return new Map([[front.poolId, leftOf(front)], ...behind]);
};
