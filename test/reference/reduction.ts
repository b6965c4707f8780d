import { type Fraction, greatest, least, ONE, total, ZERO } from './fraction.ts';
import { assess, closingFeeAt, marginAt, notionalAt, type ReferencePool, type ReferencePosition, tierIndexAt } from './margin.ts';
import { tierAt } from './tiers.ts';

/** What closing costs and what a pool has to have afterwards. */
export interface ReferenceSizing {
  readonly fee: {
    readonly kind: 'FILLED_VALUE' | 'RELEASED_MAINTENANCE' | 'MARGIN_LEFT';
    readonly rate: Fraction;
    readonly share: Fraction;
  };
  readonly concession: Fraction;
  readonly recovery: 'MAINTENANCE' | 'BUFFER_OF_MAINTENANCE' | 'BUFFER_OF_NOTIONAL' | 'INITIAL';
  readonly buffer: Fraction;
}

/** The position with `remaining` contracts left; what it was opened for shrinks with it. */
export const shrunkTo = (position: ReferencePosition, remaining: Fraction): ReferencePosition => ({
  ...position,
  quantity: remaining,
  entryValue: position.entryValue.times(remaining).over(position.quantity),
});

const worthOf = (position: ReferencePosition): Fraction => notionalAt(position, position.market.markPrice);
const marginOf = (position: ReferencePosition): Fraction => marginAt(position, position.market.markPrice);

/** V / L where the tier states a leverage. */
const initialMarginOf = (position: ReferencePosition): Fraction => {
  const { table, markPrice } = position.market;
  const leverage = tierAt(table, tierIndexAt(position, markPrice)).maximumLeverage ?? null;
  return leverage === null ? ZERO : worthOf(position).over(leverage);
};

/** MAINTENANCE: MM. BUFFER: MM·(1 + b) or MM + b·V. INITIAL: max(MM, IM). Each plus the fee that is required beside it. */
const requiredOf = (position: ReferencePosition, { recovery, buffer }: ReferenceSizing): Fraction => {
  const margin = marginOf(position);
  const target = {
    MAINTENANCE: margin,
    BUFFER_OF_MAINTENANCE: margin.times(ONE.plus(buffer)),
    BUFFER_OF_NOTIONAL: margin.plus(worthOf(position).times(buffer)),
    INITIAL: greatest(margin, initialMarginOf(position)),
  }[recovery];
  return target.plus(closingFeeAt(position, position.market.markPrice));
};

/** Σ required − margin balance. */
export const shortageOf = (pool: ReferencePool, sizing: ReferenceSizing): Fraction =>
  total(pool.positions.map((position) => requiredOf(position, sizing))).minus(assess(pool).marginBalance);

/** min(cap, max(0, share·(MM/V − concession − shortage/V))), the shortage zero at least. */
export const rateOfMarginLeft = (pool: ReferencePool, position: ReferencePosition, sizing: ReferenceSizing): Fraction => {
  const shortage = greatest(ZERO, shortageOf(pool, sizing));
  const left = marginOf(position)
    .over(worthOf(position))
    .minus(sizing.concession)
    .minus(shortage.over(worthOf(position)));
  return least(sizing.fee.rate, greatest(ZERO, left.times(sizing.fee.share)));
};

/** The liquidation fee of closing a position down to `rest`, at the mark. */
export const feeOf = (pool: ReferencePool, position: ReferencePosition, rest: ReferencePosition, sizing: ReferenceSizing): Fraction => {
  const value = worthOf(position).minus(worthOf(rest));
  switch (sizing.fee.kind) {
    case 'FILLED_VALUE':
      return value.times(sizing.fee.rate);
    case 'RELEASED_MAINTENANCE':
      return greatest(ZERO, marginOf(position).minus(marginOf(rest)).times(sizing.fee.rate));
    case 'MARGIN_LEFT':
      return value.times(rateOfMarginLeft(pool, position, sizing));
  }
};

/** What closing takes out of the balance: value·(taker fee + concession) + liquidation fee. */
const costOf = (pool: ReferencePool, position: ReferencePosition, rest: ReferencePosition, sizing: ReferenceSizing): Fraction => {
  const value = worthOf(position).minus(worthOf(rest));
  return value.times(position.market.takerFeeRate.plus(sizing.concession)).plus(feeOf(pool, position, rest, sizing));
};

const restsOf = (pool: ReferencePool, closing: readonly Fraction[]): readonly ReferencePosition[] =>
  pool.positions.map((position, at) => shrunkTo(position, position.quantity.minus(closing[at] ?? ZERO)));

/** Margin balance once the quantities are closed at the mark. */
export const balanceAfter = (pool: ReferencePool, closing: readonly Fraction[], sizing: ReferenceSizing): Fraction => {
  const rests = restsOf(pool, closing);
  return assess(pool).marginBalance.minus(
    total(pool.positions.map((position, at) => costOf(pool, position, rests[at] ?? position, sizing))),
  );
};

/** Balance − Σ required once the quantities are closed. */
export const excessAfter = (pool: ReferencePool, closing: readonly Fraction[], sizing: ReferenceSizing): Fraction =>
  balanceAfter(pool, closing, sizing).minus(total(restsOf(pool, closing).map((rest) => requiredOf(rest, sizing))));

/** Every number of lots in turn, then the whole position: the first that leaves the pool at its target. null where none does. */
export const leastCloseOf = (pool: ReferencePool, closing: readonly Fraction[], at: number, sizing: ReferenceSizing): Fraction | null => {
  const position = pool.positions[at];
  if (position === undefined) return null;
  const isEnough = (close: Fraction): boolean =>
    excessAfter(
      pool,
      closing.map((each, index) => (index === at ? close : each)),
      sizing,
    ).sign() >= 0;
  for (let close = position.market.lotSize; close.isBelow(position.quantity); close = close.plus(position.market.lotSize)) {
    if (isEnough(close)) return close;
  }
  return isEnough(position.quantity) ? position.quantity : null;
};

export interface ReferenceMinimums {
  readonly shortage: Fraction;
  readonly notional: Fraction;
}

/** Position after position in the given order: nothing once it is enough, the least that is, else all of it; small rests whole. */
export const recoveryQuantitiesOf = (
  pool: ReferencePool,
  order: readonly number[],
  sizing: ReferenceSizing,
  minimums: ReferenceMinimums,
): readonly Fraction[] => {
  let closing: readonly Fraction[] = pool.positions.map(() => ZERO);
  for (const at of order) {
    const lacks = excessAfter(pool, closing, sizing).negated();
    const position = pool.positions[at];
    if (position === undefined || lacks.sign() <= 0) break;
    const isSmall = lacks.isBelow(minimums.shortage) || worthOf(position).isBelow(minimums.notional);
    const close = isSmall ? position.quantity : (leastCloseOf(pool, closing, at, sizing) ?? position.quantity);
    closing = closing.map((each, index) => (index === at ? close : each));
  }
  return closing;
};

/** ceilToLot(q·share) of each for the first share after which required/balance is below the bound; the last one where none is. Grid ascending. */
export const equalQuantitiesOf = (
  pool: ReferencePool,
  grid: readonly Fraction[],
  bound: Fraction,
  sizing: ReferenceSizing,
): readonly Fraction[] => {
  const closingAt = (share: Fraction): readonly Fraction[] =>
    pool.positions.map(({ quantity, market }) => least(quantity, quantity.times(share).ceilTo(market.lotSize)));
  const ratioAfter = (share: Fraction): Fraction | null => {
    const balance = balanceAfter(pool, closingAt(share), sizing);
    const rests = restsOf(pool, closingAt(share));
    const required = total(rests.map((rest) => marginOf(rest).plus(closingFeeAt(rest, rest.market.markPrice))));
    return balance.sign() > 0 ? required.over(balance) : null;
  };
  const enough = grid.find((share) => ratioAfter(share)?.isBelow(bound) ?? false);
  return closingAt(enough ?? grid[grid.length - 1] ?? ONE);
};

export interface ReferencePortion {
  readonly fraction: Fraction;
  readonly minimum: Fraction;
  readonly maximum: Fraction;
}

/** One interval: of each in turn max(fraction, minimum) up to the lot, of that what is left of the maximum down to the lot. */
export const portionQuantitiesOf = (positions: readonly ReferencePosition[], portion: ReferencePortion): readonly Fraction[] => {
  let left = portion.maximum;
  return positions.map((position) => {
    const valuePerContract = worthOf(position).over(position.quantity);
    const { lotSize } = position.market;
    const wanted = greatest(position.quantity.times(portion.fraction), portion.minimum.over(valuePerContract)).ceilTo(lotSize);
    const close = least(position.quantity, wanted);
    const taken = close.times(valuePerContract).isAbove(left) ? greatest(ZERO, left.over(valuePerContract)).floorTo(lotSize) : close;
    left = left.minus(taken.times(valuePerContract));
    return taken;
  });
};
