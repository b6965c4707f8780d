import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guard } from '#core/account/pool.ts';
import { tierIndexOf } from '#core/margin/assess-margin.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { type GuardCondition, isCrossed, issueGuards } from '#core/margin/guards.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { ONE, ZERO } from '#core/units/decimal.ts';
import { type Fraction, fraction, greatest, least } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { bankruptcyPricesOf, borderPrices, liquidationPriceOf } from '../reference/prices.ts';
import { anyLegs, type Standing } from '../support/arbitraries.ts';
import { assessed, withMark } from '../support/assessed.ts';
import { exactly, expectClosely, expectExactly } from '../support/compare.ts';
import { thousandths } from '../support/decimal-text.ts';
import { expectAmount, expectPrice } from '../support/mixed-pools.ts';
import { policyPool } from '../support/policy-pools.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const NOT_IN_BREACH: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ONE, offset: ZERO };
const SOLVENT: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: ZERO };

const healthy = thousandths(1, 900).map((ofNotional): Standing => ({ kind: 'THOUSANDTHS', ofNotional }));

const HAIR = fraction('0.000000000000000000000000000001');
const ONE_EXACTLY = fraction('1');

type Interval = Extract<Guard, { kind: 'INTERVAL' }>;
type Place = 'AT_BELOW' | 'AT_ABOVE' | number;

const place = fc.oneof(fc.constantFrom<Place>('AT_BELOW', 'AT_ABOVE'), fc.integer({ min: 1, max: 999 }));

/** A mark strictly inside the guard: a hair off either end, or so many thousandths of the way; some lie exactly on a boundary of tiers. */
const inside = (guard: Interval, mark: Fraction, where: Place): Fraction => {
  const below = guard.below === null ? mark.times(fraction('0.000001')) : exactly(guard.below);
  const above = guard.above === null ? mark.times(fraction('1000000')) : exactly(guard.above);
  if (where === 'AT_BELOW') return least(mark, below.times(ONE_EXACTLY.plus(HAIR)));
  if (where === 'AT_ABOVE') return greatest(mark, above.times(ONE_EXACTLY.minus(HAIR)));
  return below.plus(above.minus(below).times(fraction(String(where)).over(fraction('1000'))));
};

const movedInside = (poolCase: PoolCase, guards: readonly Interval[], places: readonly Place[]): PoolCase =>
  guards.reduce((moved, guard, at) => {
    const market = poolCase.markets.find((each) => each.marketId === guard.marketId);
    const mark = inside(guard, fraction(market?.markPrice ?? '1'), places[at] ?? 500);
    return withMark(moved, guard.marketId, mark.toDecimalString(80));
  }, poolCase);

describe('under every way to read the tiers', () => {
  it('margin is what the twin says, pool by pool and position by position', () => {
    fc.assert(
      fc.property(policyPool(3), (poolCase) => {
        const core = assessed(poolCase);
        const twin = assess(referencePool(poolCase));
        expectExactly(core.maintenanceMargin, twin.maintenanceMargin, 'maintenance margin');
        expectExactly(core.closingFee, twin.closingFee, 'closing fee');
        expectExactly(core.marginExcess, twin.marginExcess, 'margin excess');
        expectClosely(core.marginRatio, twin.marginRatio, 'margin ratio');
        expect(tierIndexOf(core)).toBe(Math.max(...twin.positions.map((position) => position.tierIndex)));
        for (const [at, position] of twin.positions.entries()) {
          expectExactly(core.positions[at]?.maintenanceMargin ?? ONE, position.maintenanceMargin, 'maintenance margin of a position');
          expect(core.positions[at]?.tier.index).toBe(position.tierIndex);
        }
      }),
      propertyRuns(),
    );
  });

  it('prices are what the twin says, for every leg, flat and hedged and short of margin too', () => {
    fc.assert(
      fc.property(policyPool(3), (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        const bankruptcies = bankruptcyPricesOf(twin);
        for (const [at, each] of core.positions.entries()) {
          const { marketId, side } = each.position;
          expectClosely(liquidationPrice(core, each), liquidationPriceOf(twin, marketId), `liquidation price of ${side} ${marketId}`);
          expectClosely(bankruptcyPrice(core, each), bankruptcies[at] ?? null, `bankruptcy price of ${side} ${marketId}`);
        }
      }),
      propertyRuns(),
    );
  });

  it('margin and prices of inverse contracts are what the twin says', () => {
    fc.assert(
      fc.property(policyPool(2, anyLegs, healthy, 'INVERSE'), (poolCase) => {
        const core = assessed(poolCase);
        const twin = referencePool(poolCase);
        expectAmount(core.marginExcess, assess(twin).marginExcess, 'margin excess');
        for (const each of core.positions) {
          const { marketId, side } = each.position;
          expectPrice(liquidationPrice(core, each), liquidationPriceOf(twin, marketId), `liquidation price of ${side} ${marketId}`);
        }
      }),
      propertyRuns(),
    );
  });

  it.each(['LINEAR', 'MIXED'] as const)(
    'guards of %s pools let no breach and no insolvency happen while every mark is inside, wherever the marks jump',
    (mixture) => {
      const probes = fc.array(fc.array(place, { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 4 });
      let probed = 0;
      fc.assert(
        fc.property(policyPool(3, anyLegs, healthy, mixture), probes, (poolCase, places) => {
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
    },
  );

  it('guards of a pool in one market are crossed by every mark on the far side of its nearest breach', () => {
    let crossed = 0;
    fc.assert(
      fc.property(policyPool(1, anyLegs, healthy), (poolCase) => {
        const [guard] = issueGuards(assessed(poolCase), [NOT_IN_BREACH]);
        const market = poolCase.markets[0];
        if (guard?.kind !== 'INTERVAL' || market === undefined) return;
        const core = assessed(poolCase).positions[0]?.market.markPrice;
        if (core === undefined) return;
        const borders = borderPrices(referencePool(poolCase), market.marketId);
        const mark = exactly(core);
        const isInside = (border: Fraction): boolean =>
          (guard.below === null || border.isAbove(exactly(guard.below))) && (guard.above === null || border.isBelow(exactly(guard.above)));
        for (const border of borders) if (!border.equals(mark)) expect(isInside(border), border.toDecimalString(40)).toBe(false);
        if (borders.length > 0) crossed += 1;
        if (borders.every((border) => !border.equals(mark))) expect(isCrossed(guard, core)).toBe(false);
      }),
      propertyRuns(),
    );
    expect(crossed).toBeGreaterThan(200);
  });
});
