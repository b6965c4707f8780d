import { type Fraction, greatest, least, ONE, ZERO } from './fraction.ts';
import { assess, type ReferencePool, signed } from './margin.ts';

/**
 * Price that an order of the position at `index` may fill at: the mark, less (LONG) or more (SHORT) by widest·rate·nearness of it. Nearness is what the margin
 * balance is short of the maintenance margin, as a part of that, times the adjustment, never below 0 or above 1. null where nothing of the price is left.
 * Source: dYdX v4, GetFillablePrice.
 */
export const fillablePriceOf = (pool: ReferencePool, index: number, widest: Fraction, adjustment: Fraction): Fraction | null => {
  const { marginBalance, maintenanceMargin, positions } = assess(pool);
  const [position, values] = [pool.positions[index], positions[index]];
  if (position === undefined || values === undefined) throw new RangeError('the pool has no such position');
  const short = maintenanceMargin.minus(marginBalance).over(maintenanceMargin);
  const nearness = least(ONE, greatest(ZERO, short.times(adjustment)));
  const spread = widest.times(values.maintenanceMargin.over(values.notionalValue)).times(nearness);
  const part = ONE.minus(signed(position.side, spread));
  return part.sign() > 0 ? position.market.markPrice.times(part) : null;
};
