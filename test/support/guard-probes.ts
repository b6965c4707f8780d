import fc from 'fast-check';
import { expect } from 'vitest';
import type { Guard } from '#core/account/pool.ts';
import type { GuardCondition } from '#core/margin/guards.ts';
import { ONE, ZERO } from '#core/units/decimal.ts';
import { type Fraction, fraction, greatest, least } from '../reference/fraction.ts';
import type { Standing } from './arbitraries.ts';
import { withMark } from './assessed.ts';
import { exactly } from './compare.ts';
import { thousandths } from './decimal-text.ts';
import type { PoolCase } from './pool-case.ts';

export const NOT_IN_BREACH: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ONE, offset: ZERO };
export const SOLVENT: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: ZERO };

/** The standing of pools that have margin to spare. */
export const healthy = thousandths(1, 900).map((ofNotional): Standing => ({ kind: 'THOUSANDTHS', ofNotional }));

/** How near a guard's ends are tried: nearer than any two marks that a venue writes. */
const HAIR = fraction('0.000000000000000000000000000001');
const ONE_EXACTLY = fraction('1');

type Interval = Extract<Guard, { kind: 'INTERVAL' }>;

/** Where a probe stands between a guard's ends: a hair off either end, or so many thousandths of the way. */
type Place = 'AT_BELOW' | 'AT_ABOVE' | number;

export const place = fc.oneof(fc.constantFrom<Place>('AT_BELOW', 'AT_ABOVE'), fc.integer({ min: 1, max: 999 }));

/** A mark strictly inside the guard. */
const inside = (guard: Interval, mark: Fraction, where: Place): Fraction => {
  const below = guard.below === null ? mark.times(fraction('0.000001')) : exactly(guard.below);
  const above = guard.above === null ? mark.times(fraction('1000000')) : exactly(guard.above);
  if (where === 'AT_BELOW') return least(mark, below.times(ONE_EXACTLY.plus(HAIR)));
  if (where === 'AT_ABOVE') return greatest(mark, above.times(ONE_EXACTLY.minus(HAIR)));
  return below.plus(above.minus(below).times(fraction(String(where)).over(fraction('1000'))));
};

/** The case with each guarded market's mark moved to its place inside the guard, cut to 80 places. */
export const movedInside = (poolCase: PoolCase, guards: readonly Interval[], places: readonly Place[]): PoolCase =>
  guards.reduce((moved, guard, at) => {
    const market = poolCase.markets.find((each) => each.marketId === guard.marketId);
    const mark = inside(guard, fraction(market?.markPrice ?? '1'), places[at] ?? 500);
    return withMark(moved, guard.marketId, mark.toDecimalString(80));
  }, poolCase);

/** How well a guard is known: to so many digits, and without a bound for borders at the ceiling or beyond; null where there is no ceiling. */
interface Precision {
  readonly digits: number;
  readonly ceiling: Fraction | null;
}

/** The guard is the border within the digits, on the side of the mark (`towards` +1 above the border, −1 below); both are absent together. */
export const expectRounded = (guard: Fraction | null, border: Fraction | null, towards: 1 | -1, { digits, ceiling }: Precision): void => {
  const reached = border === null || ceiling === null || border.isBelow(ceiling) ? border : null;
  if (guard === null || reached === null) {
    expect(guard?.toDecimalString(60)).toBe(reached?.toDecimalString(60));
    return;
  }
  const what = `${guard.toDecimalString(60)} against ${reached.toDecimalString(60)}`;
  const error = guard.minus(reached);
  expect(error.absolute().isAbove(reached.times(fraction(`0.${'0'.repeat(digits - 1)}1`))), what).toBe(false);
  expect(error.sign() * towards, what).toBeGreaterThanOrEqual(0);
};
