import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tierIndexOf } from '#core/margin/assess-margin.ts';
import { bankruptcyPrice } from '#core/margin/bankruptcy-price.ts';
import { isCrossed, issueGuards } from '#core/margin/guards.ts';
import { liquidationPrice } from '#core/margin/liquidation-price.ts';
import { ONE } from '#core/units/decimal.ts';
import type { Fraction } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { bankruptcyPricesOf, borderPrices, liquidationPriceOf } from '../reference/prices.ts';
import { anyLegs } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly, expectClosely, expectExactly } from '../support/compare.ts';
import { healthy, movedInside, NOT_IN_BREACH, place, SOLVENT } from '../support/guard-probes.ts';
import { expectAmount, expectPrice } from '../support/mixed-pools.ts';
import { policyPool } from '../support/policy-pools.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

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
