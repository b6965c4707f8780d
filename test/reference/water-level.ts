import { type Fraction, greatest, least, total, ZERO } from './fraction.ts';

/** A vessel that holds intercept + weight·level, never below nothing, never above its cap. */
export interface ReferenceVessel {
  readonly intercept: Fraction;
  readonly weight: Fraction;
  readonly cap: Fraction;
}

const heldAt = (level: Fraction, { intercept, weight, cap }: ReferenceVessel): Fraction =>
  least(cap, greatest(ZERO, intercept.plus(weight.times(level))));

/**
 * What each vessel holds once all together hold `needed`. Between two levels at which some vessel begins to fill or is full the whole rises in a straight line:
 * every such level is tried, lowest first, and the line is followed to the need. All caps where they hold less; a vessel without weight holds nothing.
 */
export const fillToLevel = (needed: Fraction, vessels: readonly ReferenceVessel[]): readonly Fraction[] => {
  const working = vessels.filter(({ weight }) => weight.sign() > 0);
  const wholeAt = (level: Fraction): Fraction => total(working.map((vessel) => heldAt(level, vessel)));
  const partsAt = (level: Fraction): readonly Fraction[] =>
    vessels.map((vessel) => (vessel.weight.sign() > 0 ? heldAt(level, vessel) : ZERO));
  const turns = working
    .flatMap(({ intercept, weight, cap }) => [intercept.negated().over(weight), cap.minus(intercept).over(weight)])
    .toSorted((a, b) => a.comparedTo(b));
  const reached = turns.findIndex((level) => !wholeAt(level).isBelow(needed));
  const above = turns[reached];
  if (needed.sign() <= 0) return vessels.map(() => ZERO);
  if (above === undefined) return vessels.map(({ weight, cap }) => (weight.sign() > 0 ? cap : ZERO));
  const below = turns[reached - 1] ?? above;
  const rise = wholeAt(above).minus(wholeAt(below));
  if (rise.sign() === 0) return partsAt(above);
  const way = needed.minus(wholeAt(below)).over(rise);
  return partsAt(below.plus(above.minus(below).times(way)));
};

export interface ReferenceShare {
  readonly exact: Fraction;
  readonly held: Fraction;
  readonly limit: Fraction;
}

/**
 * Shares in whole lots by the largest remainder. Whole positions stay as they are, the others are cut to the lot; then whoever lost the most gets one lot
 * back, the first of equals first, while the need is not passed; a place that holds less than a lot more gets what it holds. A lot that nobody
 * in that order could take goes to the first with room.
 */
export const inWholeLots = (needed: Fraction, shares: readonly ReferenceShare[], lotSize: Fraction): readonly Fraction[] => {
  const given = shares.map(({ exact, held }) => (exact.equals(held) ? held : exact.floorTo(lotSize)));
  const target = least(needed, total(shares.map(({ exact }) => exact)));
  const room = (place: number): Fraction => shares[place]?.limit.minus(given[place] ?? ZERO) ?? ZERO;
  const isWhole = (place: number): boolean => shares[place]?.limit.equals(shares[place]?.held ?? ZERO) ?? false;
  const order = shares
    .map(({ exact }, place) => ({ place, lost: exact.minus(given[place] ?? ZERO) }))
    .filter(({ lost }) => lost.sign() > 0)
    .toSorted((a, b) => b.lost.comparedTo(a.lost) || a.place - b.place);
  for (const { place } of order) {
    const next = isWhole(place) ? least(lotSize, room(place)) : room(place).isBelow(lotSize) ? ZERO : lotSize;
    const left = target.minus(total(given));
    if (!next.isAbove(left)) given[place] = (given[place] ?? ZERO).plus(next);
  }
  shares.forEach(({ exact }, place) => {
    while (exact.sign() > 0 && !room(place).isBelow(lotSize) && !target.minus(total(given)).isBelow(lotSize)) {
      given[place] = (given[place] ?? ZERO).plus(lotSize);
    }
  });
  return given;
};
