import type { Decimal } from '#core/units/decimal.ts';

/** The decimals between two ends; null where there is no end. An open end does not belong to it. */
export interface Interval {
  readonly least: Decimal | null;
  readonly leastOpen: boolean;
  readonly most: Decimal | null;
  readonly mostOpen: boolean;
}

export const EVERYWHERE: Interval = { least: null, leastOpen: false, most: null, mostOpen: false };

export const atLeast = (least: Decimal): Interval => ({ ...EVERYWHERE, least });
export const above = (least: Decimal): Interval => ({ ...EVERYWHERE, least, leastOpen: true });
export const atMost = (most: Decimal): Interval => ({ ...EVERYWHERE, most });
export const below = (most: Decimal): Interval => ({ ...EVERYWHERE, most, mostOpen: true });
export const exactly = (value: Decimal): Interval => ({ least: value, leastOpen: false, most: value, mostOpen: false });

const isBelow = (interval: Interval, value: Decimal): boolean =>
  interval.most !== null && (interval.mostOpen ? interval.most.lte(value) : interval.most.lt(value));

const isAbove = (interval: Interval, value: Decimal): boolean =>
  interval.least !== null && (interval.leastOpen ? interval.least.gte(value) : interval.least.gt(value));

export const contains = (interval: Interval, value: Decimal): boolean => !isBelow(interval, value) && !isAbove(interval, value);

type LowerEnd = Pick<Interval, 'least' | 'leastOpen'>;
type UpperEnd = Pick<Interval, 'most' | 'mostOpen'>;

/** Above zero where `a` begins further up than `b`. */
const compareLower = (a: LowerEnd, b: LowerEnd): number => {
  if (a.least === null || b.least === null) return Number(b.least === null) - Number(a.least === null);
  return a.least.comparedTo(b.least) || Number(a.leastOpen) - Number(b.leastOpen);
};

/** Below zero where `a` ends further down than `b`. */
const compareUpper = (a: UpperEnd, b: UpperEnd): number => {
  if (a.most === null || b.most === null) return Number(a.most === null) - Number(b.most === null);
  return a.most.comparedTo(b.most) || Number(b.mostOpen) - Number(a.mostOpen);
};

/** What lies in both; null when nothing does. */
export const intersection = (a: Interval, b: Interval): Interval | null => {
  const { least, leastOpen } = compareLower(a, b) >= 0 ? a : b;
  const { most, mostOpen } = compareUpper(a, b) <= 0 ? a : b;
  if (least !== null && most !== null && (leastOpen || mostOpen ? least.gte(most) : least.gt(most))) return null;
  return { least, leastOpen, most, mostOpen };
};

/** Whether all of `inner` lies in `outer`. */
export const isWithin = (inner: Interval, outer: Interval): boolean => compareLower(inner, outer) >= 0 && compareUpper(inner, outer) <= 0;

/** What lies outside, as at most two intervals. */
export const complement = ({ least, leastOpen, most, mostOpen }: Interval): readonly Interval[] => [
  ...(least === null ? [] : [leastOpen ? atMost(least) : below(least)]),
  ...(most === null ? [] : [mostOpen ? atLeast(most) : above(most)]),
];
