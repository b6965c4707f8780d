import { type Fraction, ONE, total, ZERO } from './fraction.ts';
import {
  assess,
  baseSizeOf,
  excessOf,
  notionalAt,
  type ReferencePool,
  type ReferencePosition,
  type ReferencePositionValues,
  signed,
} from './margin.ts';
import { marginWithinTier, tierIndexOf } from './tiers.ts';

/** Margin excess of the pool if the market stood at `price` and every other market at its mark. */
export const excessAt = (pool: ReferencePool, marketId: string, price: Fraction): Fraction =>
  pool.collateral.plus(
    total(pool.positions.map((position) => excessOf(position, position.market.marketId === marketId ? price : position.market.markPrice))),
  );

/** Every way to give each leg one of its tiers. */
const tierCombinations = (legs: readonly ReferencePosition[]): readonly (readonly number[])[] =>
  legs.reduce<readonly (readonly number[])[]>(
    (combinations, leg) => combinations.flatMap((soFar) => leg.market.table.tiers.map((_, index) => [...soFar, index])),
    [[]],
  );

/** Excess of the legs at a price if each leg were in the tier that the combination gives it. */
const legsExcessWithin = (legs: readonly ReferencePosition[], combination: readonly number[], price: Fraction): Fraction =>
  total(
    legs.map((leg, at) => {
      const notional = notionalAt(leg, price);
      const margin = marginWithinTier(leg.market.table, combination[at] ?? 0, notional);
      return signed(leg.side, notional.minus(leg.entryValue)).minus(margin).minus(notional.times(leg.market.takerFeeRate));
    }),
  );

const tiersAt = (legs: readonly ReferencePosition[], price: Fraction): readonly number[] =>
  legs.map((leg) => tierIndexOf(leg.market.table, notionalAt(leg, price)));

/** The price at which a line through (0, atZero) and (1, atOne) is zero; null for a level line. */
const rootOfLine = (atZero: Fraction, atOne: Fraction): Fraction | null => (atOne.equals(atZero) ? null : atZero.over(atZero.minus(atOne)));

/** Prices at which a leg stands exactly on the cap of a tier that another tier follows. */
const boundaryPrices = (legs: readonly ReferencePosition[]): readonly Fraction[] =>
  legs.flatMap((leg) =>
    leg.market.table.tiers.slice(0, -1).flatMap((tier) => (tier.notionalCap === null ? [] : [tier.notionalCap.over(baseSizeOf(leg))])),
  );

/** Tiers that hold just above a price: one higher for each leg that stands on the cap of its tier. */
const tiersJustAbove = (legs: readonly ReferencePosition[], price: Fraction): readonly number[] =>
  legs.map((leg) => {
    const notional = notionalAt(leg, price);
    const { tiers } = leg.market.table;
    const index = tierIndexOf(leg.market.table, notional);
    const standsOnCap = tiers[index]?.notionalCap?.equals(notional) ?? false;
    return standsOnCap ? Math.min(index + 1, tiers.length - 1) : index;
  });

/**
 * Every price at which the pool is at, or jumps over, the border of breach as one market moves and the others stand still.
 *
 * For each combination of tiers the excess is one straight line: its root counts where the legs really are in those tiers. On a boundary
 * the excess may jump (FLAT, or given amounts that do not fit): the boundary counts when it is a root or breach begins or ends there.
 */
export const borderPrices = (pool: ReferencePool, marketId: string): readonly Fraction[] => {
  const legs = pool.positions.filter((position) => position.market.marketId === marketId);
  const others = pool.positions.filter((position) => position.market.marketId !== marketId);
  const outside = pool.collateral.plus(total(others.map((position) => excessOf(position, position.market.markPrice))));
  const excessWithin = (combination: readonly number[], price: Fraction): Fraction =>
    outside.plus(legsExcessWithin(legs, combination, price));

  const roots = tierCombinations(legs).flatMap((combination) => {
    const root = rootOfLine(excessWithin(combination, ZERO), excessWithin(combination, ONE));
    return root !== null && tiersAt(legs, root).every((index, at) => index === combination[at]) ? [root] : [];
  });
  const boundaries = boundaryPrices(legs).filter((price) => {
    const here = excessWithin(tiersAt(legs, price), price).sign();
    const above = tiersJustAbove(legs, price);
    const limit = excessWithin(above, price);
    const slope = excessWithin(above, price.plus(ONE)).minus(limit);
    // Where the excess comes down to exactly zero behind the jump, the slope says on which side of the border the next price is.
    const justAbove = limit.sign() || slope.sign();
    return here === 0 || here < 0 !== justAbove < 0;
  });
  return [...roots, ...boundaries].filter((price) => price.sign() > 0);
};

/**
 * Liquidation price of a market in a pool: the border price nearest to the mark; the lower of two equally near ones. A single leg that is not in
 * breach looks at its adverse side first, below the mark for a LONG and above it for a SHORT.
 * A pool exactly on the border has its mark. null when no positive price is on the border.
 */
export const liquidationPriceOf = (pool: ReferencePool, marketId: string): Fraction | null => {
  const mark = pool.positions.find((position) => position.market.marketId === marketId)?.market.markPrice;
  if (mark === undefined) return null;
  if (excessAt(pool, marketId, mark).sign() === 0) return mark;
  const distance = (price: Fraction): Fraction => price.minus(mark).absolute();
  const legs = pool.positions.filter((position) => position.market.marketId === marketId);
  const adverse = (price: Fraction): boolean => (legs[0]?.side === 'LONG' ? price.comparedTo(mark) < 0 : price.comparedTo(mark) >= 0);
  const borders = borderPrices(pool, marketId);
  const looksAhead = legs.length === 1 && excessAt(pool, marketId, mark).sign() > 0 && borders.some(adverse);
  const [nearest] = (looksAhead ? borders.filter(adverse) : borders).toSorted(
    (a, b) => distance(a).comparedTo(distance(b)) || a.comparedTo(b),
  );
  return nearest ?? null;
};

/**
 * What each position may bring to the pool's close, in pool order: B_i = s·notional_i − E_i, where the margin balance is shared by
 * released maintenance margin, E_i = marginBalance·MM_i/ΣMM (by notional when ΣMM ≤ 0). A SHORT's B is negative: what buying back may cost.
 * Source: the zero price of dYdX v4 and Lighter; additive over slices, and together exactly −(collateral − Σ s·entryValue).
 */
export const bankruptcyValuesOf = (pool: ReferencePool): readonly Fraction[] => {
  const assessment = assess(pool);
  const weightOf = (values: ReferencePositionValues): Fraction =>
    assessment.maintenanceMargin.sign() > 0 ? values.maintenanceMargin : values.notionalValue;
  const weights = total(assessment.positions.map(weightOf));
  return assessment.positions.map((values, at) => {
    const position = pool.positions[at];
    if (position === undefined) throw new RangeError('every value belongs to a position');
    const share = assessment.marginBalance.times(weightOf(values)).over(weights);
    return signed(position.side, values.notionalValue).minus(share);
  });
};

/** 1 − s·f: what a unit of value leaves after the taker fee. */
export const afterFee = (position: ReferencePosition): Fraction => ONE.minus(signed(position.side, position.market.takerFeeRate));

/**
 * Bankruptcy price of each position in pool order: the fill price at which the close brings exactly B_i after the fee.
 *
 * LONG (Q·mark − E)/(Q·(1 − f)); SHORT (Q·mark + E)/(Q·(1 + f)). null when not positive. For an isolated position this is the textbook
 * price (q·EP − M)/(q·(1 − f)) and (q·EP + M)/(q·(1 + f)).
 */
export const bankruptcyPricesOf = (pool: ReferencePool): readonly (Fraction | null)[] => {
  const values = bankruptcyValuesOf(pool);
  return pool.positions.map((position, at) => {
    const price = signed(position.side, values[at] ?? ZERO).over(baseSizeOf(position).times(afterFee(position)));
    return price.sign() > 0 ? price : null;
  });
};
