import { type Decimal, smaller, sum, ZERO } from '../../units/decimal.ts';
import { type Quantity, quantity } from '../../units/money.ts';
import { floorToLot } from '../../units/rounding.ts';

/** What a place may give: its exact share, all that it holds, and the most that it may give of it. Contracts. */
export interface Share {
  readonly exact: Decimal;
  readonly held: Quantity;
  readonly limit: Quantity;
}

/** The next lot of a place that has given `given`; what is left of a whole position where that is less, which may be an odd lot. Zero at the limit. */
const nextLot = ({ held, limit }: Share, given: Decimal, lotSize: Quantity): Decimal => {
  const room = limit.minus(given);
  if (room.gte(lotSize)) return lotSize;
  return limit.eq(held) ? room : ZERO;
};

const floored = ({ exact, held }: Share, lotSize: Quantity): Decimal => (exact.eq(held) ? exact : floorToLot(exact, lotSize));

/** Places by what the lot cut off of them, most first; equal ones in the order of the places. */
const byRemainder = (shares: readonly Share[], given: readonly Decimal[]): readonly number[] =>
  shares
    .map((share, place) => ({ place, remainder: share.exact.minus(given[place] ?? ZERO) }))
    .filter(({ remainder }) => remainder.gt(0))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.place - b.place)
    .map(({ place }) => place);

/**
 * Rounds shares of `needed` to whole lots by the largest remainder: each share down to the lot, then one lot each by what was cut off, most first, equal ones
 * in the order of the places, while it fits into what is left. A share that is a whole position stays an odd lot. What then is still left of
 * at least a lot, because limits stood in the way, goes to those with room in the order of the places.
 *
 * Σ = min(needed, what the shares come to) within less than one lot and never above it; nobody above its limit, so that where the limits hold less all give
 * theirs. Two passes. Contracts.
 * Source: largest remainder (Hamilton's method); Chitra, arXiv 2512.01112: floors alone undershoot, largest remainder repairs most of it. Read 2026-11-22.
 */
export const inWholeLots = (needed: Decimal, shares: readonly Share[], lotSize: Quantity): readonly Quantity[] => {
  const given = shares.map((share) => floored(share, lotSize));
  let left = needed.minus(sum(given));
  const give = (place: number, amount: Decimal): void => {
    given[place] = (given[place] ?? ZERO).plus(amount);
    left = left.minus(amount);
  };
  for (const place of byRemainder(shares, given)) {
    const share = shares[place];
    const lot = share === undefined ? ZERO : nextLot(share, given[place] ?? ZERO, lotSize);
    if (lot.gt(0) && lot.lte(left)) give(place, lot);
  }
  for (const [place, { exact, limit }] of shares.entries()) {
    if (left.lt(lotSize)) break;
    const room = exact.gt(0) ? limit.minus(given[place] ?? ZERO) : ZERO;
    give(place, smaller(floorToLot(room, lotSize), floorToLot(left, lotSize)));
  }
  return given.map(quantity);
};
