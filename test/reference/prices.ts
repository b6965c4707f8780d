import { type Fraction, fraction, ONE, total, ZERO } from './fraction.ts';
import {
  assess,
  broughtBy,
  excessOf,
  marginInTierAt,
  movesThroughTiers,
  notionalAt,
  pnlAt,
  type ReferenceMarket,
  type ReferencePool,
  type ReferencePosition,
  type ReferencePositionValues,
  requiredFeeAt,
  sizeOf,
  tierIndexAt,
} from './margin.ts';

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
      const margin = marginInTierAt(leg, combination[at] ?? 0, price);
      return pnlAt(leg, price).minus(margin).minus(requiredFeeAt(leg, price));
    }),
  );

const tiersAt = (legs: readonly ReferencePosition[], price: Fraction): readonly number[] => legs.map((leg) => tierIndexAt(leg, price));

type Contract = ReferenceMarket['contract'];

/** Within its tiers the excess is a straight line in P (LINEAR) or in 1/P (INVERSE): turns the one into the other, both ways. */
const straightened = (contract: Contract, priceOrBack: Fraction): Fraction =>
  contract === 'INVERSE' ? ONE.over(priceOrBack) : priceOrBack;

const TWO = fraction('2');

/** The price at which the straight line through two of its points is zero; null where it is level or crosses zero at no price. */
const rootOfLine = (contract: Contract, excessAtPrice: (price: Fraction) => Fraction): Fraction | null => {
  const atOne = excessAtPrice(straightened(contract, ONE));
  const rise = excessAtPrice(straightened(contract, TWO)).minus(atOne);
  if (rise.sign() === 0) return null;
  const root = ONE.minus(atOne.over(rise));
  return root.sign() > 0 ? straightened(contract, root) : null;
};

const priceAtNotional = (leg: ReferencePosition, notional: Fraction): Fraction =>
  leg.market.contract === 'INVERSE' ? sizeOf(leg).over(notional) : notional.over(sizeOf(leg));

/** Prices at which a leg stands exactly on the cap of a tier that another tier follows. */
const boundaryPrices = (legs: readonly ReferencePosition[]): readonly Fraction[] =>
  legs
    .filter(movesThroughTiers)
    .flatMap((leg) =>
      leg.market.table.tiers.slice(0, -1).flatMap((tier) => (tier.notionalCap === null ? [] : [priceAtNotional(leg, tier.notionalCap)])),
    );

/** Whether a notional on a boundary is in the tier above it, so that margin jumps right below it. */
const jumpsBelow = (legs: readonly ReferencePosition[]): boolean => legs[0]?.market.table.policy?.boundary === 'HIGHER_TIER';

/** Tiers that hold right behind the jump at a price: for each leg on a boundary, the other one of the two that meet there. */
const tiersBehindJump = (legs: readonly ReferencePosition[], price: Fraction): readonly number[] =>
  legs.map((leg) => {
    const index = tierIndexAt(leg, price);
    if (!movesThroughTiers(leg)) return index;
    const { tiers } = leg.market.table;
    const standsOn = (cap: Fraction | null | undefined): boolean => cap?.equals(notionalAt(leg, price)) ?? false;
    if (jumpsBelow(legs)) return standsOn(tiers[index - 1]?.notionalCap) ? index - 1 : index;
    return standsOn(tiers[index]?.notionalCap) ? Math.min(index + 1, tiers.length - 1) : index;
  });

/**
 * Every price at which the pool is at, or jumps over, the border of breach as one market moves and the others stand still.
 *
 * For each combination of tiers the excess is one straight line: its root counts where the legs really are in those tiers. On a boundary
 * the excess may jump (FLAT, or given amounts that do not fit): the boundary counts when it is a root or breach begins or ends there.
 */
export const borderPrices = (pool: ReferencePool, marketId: string): readonly Fraction[] => {
  const legs = pool.positions.filter((position) => position.market.marketId === marketId);
  const contract = legs[0]?.market.contract ?? 'LINEAR';
  const others = pool.positions.filter((position) => position.market.marketId !== marketId);
  const outside = pool.collateral.plus(total(others.map((position) => excessOf(position, position.market.markPrice))));
  const excessWithin = (combination: readonly number[], price: Fraction): Fraction =>
    outside.plus(legsExcessWithin(legs, combination, price));

  const roots = tierCombinations(legs).flatMap((combination) => {
    const root = rootOfLine(contract, (price) => excessWithin(combination, price));
    return root !== null && tiersAt(legs, root).every((index, at) => index === combination[at]) ? [root] : [];
  });
  const boundaries = boundaryPrices(legs).filter((price) => {
    const here = excessWithin(tiersAt(legs, price), price).sign();
    const behind = tiersBehindJump(legs, price);
    const limit = excessWithin(behind, price);
    const slope = excessWithin(behind, straightened(contract, straightened(contract, price).plus(ONE))).minus(limit);
    // Where the excess comes down to exactly zero behind the jump, the slope says on which side of the border the next price is.
    const justBehind = limit.sign() || (jumpsBelow(legs) ? -slope.sign() : slope.sign());
    return here === 0 || here < 0 !== justBehind < 0;
  });
  return [...roots, ...boundaries].filter((price) => price.sign() > 0);
};

const HAIR = fraction('0.000000000000000000000000000001');

/** Whether the least move of the mark breaches. Not so where the excess is zero at every price (a hedge whose requirement stands still), or at one alone. */
const isBreachBeside = (pool: ReferencePool, marketId: string, mark: Fraction): boolean =>
  [ONE.minus(HAIR), ONE.plus(HAIR)].some((part) => excessAt(pool, marketId, mark.times(part)).sign() < 0);

/**
 * Liquidation price of a market in a pool: the border price nearest to the mark; the lower of two equally near ones. A single leg that is not in
 * breach looks at its adverse side first, below the mark for a LONG and above it for a SHORT. A mark on a boundary of tiers belongs to the side on which
 * the notional is larger, or smaller where margin jumps right below the boundary.
 * A pool exactly on the border has its mark, unless it is not in breach right beside it. null when no positive price is on the border.
 */
export const liquidationPriceOf = (pool: ReferencePool, marketId: string): Fraction | null => {
  const mark = pool.positions.find((position) => position.market.marketId === marketId)?.market.markPrice;
  if (mark === undefined) return null;
  const standing = excessAt(pool, marketId, mark).sign();
  if (standing === 0 && isBreachBeside(pool, marketId, mark)) return mark;
  const distance = (price: Fraction): Fraction => price.minus(mark).absolute();
  const legs = pool.positions.filter((position) => position.market.marketId === marketId);
  const growsUpwards = legs[0]?.market.contract !== 'INVERSE';
  const isBelow = (price: Fraction): boolean => price.comparedTo(mark) < (growsUpwards !== jumpsBelow(legs) ? 0 : 1);
  const adverse = (price: Fraction): boolean => isBelow(price) === (legs[0]?.side === 'LONG');
  const borders = borderPrices(pool, marketId).filter((price) => standing !== 0 || !price.equals(mark));
  const looksAhead = legs.length === 1 && standing >= 0 && borders.some(adverse);
  const [nearest] = (looksAhead ? borders.filter(adverse) : borders).toSorted(
    (a, b) => distance(a).comparedTo(distance(b)) || a.comparedTo(b),
  );
  return nearest ?? null;
};

/**
 * What each position may bring to the pool's close, in pool order: B_i = s·notional_i − E_i (INVERSE: −s·notional_i − E_i), where the margin balance is shared by
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
    return broughtBy(position, values.notionalValue).minus(share);
  });
};

/** What a unit of value leaves after the taker fee: 1 − f where the close is paid it, 1 + f where it pays. */
export const afterFee = (position: ReferencePosition): Fraction => ONE.minus(broughtBy(position, position.market.takerFeeRate));

/**
 * The price at which the close brings `value` after the fee. LINEAR: s·value/(Q·(1 − s·f)). INVERSE: a LONG pays Q/P·(1 + f), hence
 * Q·(1 + f)/(−value); a SHORT is paid Q/P·(1 − f), hence Q·(1 − f)/value. null where no positive and finite price does it.
 */
export const priceBringing = (position: ReferencePosition, value: Fraction): Fraction | null => {
  const paid = broughtBy(position, value);
  if (paid.sign() <= 0) return null;
  const size = sizeOf(position).times(afterFee(position));
  return position.market.contract === 'INVERSE' ? size.over(paid) : paid.over(size);
};

/**
 * Bankruptcy price of each position in pool order: the fill price at which the close brings exactly B_i after the fee.
 *
 * LONG (Q·mark − E)/(Q·(1 − f)); SHORT (Q·mark + E)/(Q·(1 + f)). null when not positive. For an isolated position this is the textbook
 * price (q·EP − M)/(q·(1 − f)) and (q·EP + M)/(q·(1 + f)); INVERSE Q·(1 + f)/(Q/EP + M) and Q·(1 − f)/(Q/EP − M).
 */
export const bankruptcyPricesOf = (pool: ReferencePool): readonly (Fraction | null)[] => {
  const values = bankruptcyValuesOf(pool);
  return pool.positions.map((position, at) => priceBringing(position, values[at] ?? ZERO));
};
