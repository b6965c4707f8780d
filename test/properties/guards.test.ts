import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guard } from '#core/account/pool.ts';
import { type GuardCondition, isCrossed, issueGuards } from '#core/margin/guards.ts';
import { ONE, ZERO } from '#core/units/decimal.ts';
import { type Fraction, fraction, greatest, least } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { borderPrices } from '../reference/prices.ts';
import { anyLegs, crossPool, isContinuous, poolOver, type Standing } from '../support/arbitraries.ts';
import { assessed, withMark } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { thousandths } from '../support/decimal-text.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const NOT_IN_BREACH: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ONE, offset: ZERO };
const SOLVENT: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: ZERO };

const healthy = thousandths(1, 900).map((ofNotional): Standing => ({ kind: 'THOUSANDTHS', ofNotional }));

const HAIR = fraction('0.000000000000000000000000000001');
const ONE_EXACTLY = fraction('1');

type Interval = Extract<Guard, { kind: 'INTERVAL' }>;

/** Where a probe stands between a guard's ends: a hair off either end, or a thousandth of the way. */
type Place = 'AT_BELOW' | 'AT_ABOVE' | number;

const place = fc.oneof(fc.constantFrom<Place>('AT_BELOW', 'AT_ABOVE'), fc.integer({ min: 1, max: 999 }));

/** A mark strictly inside the guard, cut to 60 places towards the mark now. */
const inside = (guard: Interval, mark: Fraction, where: Place): Fraction => {
  const below = guard.below === null ? mark.times(fraction('0.000001')) : exactly(guard.below);
  const above = guard.above === null ? mark.times(fraction('1000000')) : exactly(guard.above);
  if (where === 'AT_BELOW') return least(mark, below.times(ONE_EXACTLY.plus(HAIR)));
  if (where === 'AT_ABOVE') return greatest(mark, above.times(ONE_EXACTLY.minus(HAIR)));
  const way = fraction(String(where)).over(fraction('1000'));
  return below.plus(above.minus(below).times(way));
};

const movedInside = (poolCase: PoolCase, guards: readonly Interval[], places: readonly Place[]): PoolCase =>
  guards.reduce((moved, guard, at) => {
    const market = poolCase.markets.find((each) => each.marketId === guard.marketId);
    const mark = inside(guard, fraction(market?.markPrice ?? '1'), places[at] ?? 500);
    return withMark(moved, guard.marketId, mark.toDecimalString(80));
  }, poolCase);

describe('guards', () => {
  it('of a pool in breach, insolvent or without a proof of silence are due at once', () => {
    fc.assert(
      fc.property(crossPool, (poolCase) => {
        const core = assessed(poolCase);
        const isDue = (conditions: readonly GuardCondition[] | null) =>
          issueGuards(core, conditions).every((guard) => guard.kind === 'DUE');
        expect(isDue(null)).toBe(true);
        if (core.marginExcess.lte(0)) expect(isDue([NOT_IN_BREACH])).toBe(true);
        if (core.marginBalance.lte(0)) expect(isDue([SOLVENT])).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('hold the mark that they were issued at, unless margin jumps right there', () => {
    fc.assert(
      fc.property(poolOver(3, anyLegs, healthy).filter(isContinuous), (poolCase) => {
        const core = assessed(poolCase);
        if (core.marginExcess.lte(0)) return;
        for (const guard of issueGuards(core, [NOT_IN_BREACH, SOLVENT])) {
          expect(guard.kind).toBe('INTERVAL');
          const market = core.positions.find((each) => each.position.marketId === guard.marketId)?.market;
          if (market === undefined) throw new RangeError('a guard belongs to a market of the pool');
          expect(isCrossed(guard, market.markPrice)).toBe(false);
        }
      }),
      propertyRuns(),
    );
  });

  it('never let a breach or an insolvency happen while every mark is inside, wherever the marks jump', () => {
    const probes = fc.array(fc.array(place, { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 4 });
    let probed = 0;
    fc.assert(
      fc.property(poolOver(3, anyLegs, healthy), probes, (poolCase, places) => {
        const guards = issueGuards(assessed(poolCase), [NOT_IN_BREACH, SOLVENT]);
        const intervals = guards.filter((guard) => guard.kind === 'INTERVAL');
        if (intervals.length < guards.length) return;
        for (const where of places) {
          const after = assess(referencePool(movedInside(poolCase, intervals, where)));
          expect(after.marginExcess.sign(), `excess with marks at ${where.join(', ')}`).toBeGreaterThanOrEqual(0);
          expect(after.marginBalance.sign(), `balance with marks at ${where.join(', ')}`).toBeGreaterThan(0);
          probed += 1;
        }
      }),
      propertyRuns(),
    );
    expect(probed).toBeGreaterThan(500);
  });

  it('of a pool in one market are the nearest breaches themselves, rounded towards the mark', () => {
    fc.assert(
      fc.property(poolOver(1, anyLegs, healthy), (poolCase) => {
        const [guard] = issueGuards(assessed(poolCase), [NOT_IN_BREACH]);
        const market = poolCase.markets[0];
        if (guard?.kind !== 'INTERVAL' || market === undefined) return;
        const mark = fraction(market.markPrice);
        const borders = borderPrices(referencePool(poolCase), market.marketId);
        const under = borders.filter((border) => border.isBelow(mark));
        // A mark on a boundary of flat tiers may have the breach right above it.
        const over = borders.filter((border) => !border.isBelow(mark));
        expectRounded(
          guard.below === null ? null : exactly(guard.below),
          under.length === 0 ? null : under.reduce((a, b) => greatest(a, b)),
          1,
        );
        expectRounded(
          guard.above === null ? null : exactly(guard.above),
          over.length === 0 ? null : over.reduce((a, b) => least(a, b)),
          -1,
        );
      }),
      propertyRuns(),
    );
  });
});

const THIRTY_SEVEN_DIGITS = fraction('0.0000000000000000000000000000000000001');

/** The guard is the border within 37 digits, on the side of the mark (`towards` +1 above the border, −1 below). */
const expectRounded = (guard: Fraction | null, border: Fraction | null, towards: 1 | -1): void => {
  if (guard === null || border === null) {
    expect(guard?.toDecimalString(60)).toBe(border?.toDecimalString(60));
    return;
  }
  const early = guard.minus(border).sign() * towards;
  const off = guard.minus(border).absolute();
  expect(off.isAbove(border.times(THIRTY_SEVEN_DIGITS)), `${guard.toDecimalString(60)} against ${border.toDecimalString(60)}`).toBe(false);
  expect(early, `${guard.toDecimalString(60)} against ${border.toDecimalString(60)}`).toBeGreaterThanOrEqual(0);
};
