import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuardCondition, isCrossed, issueGuards } from '#core/margin/guards.ts';
import { fraction, greatest, least } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { borderPrices } from '../reference/prices.ts';
import { anyLegs, crossPool, isContinuous, poolOver } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { expectRounded, healthy, movedInside, NOT_IN_BREACH, place, SOLVENT } from '../support/guard-probes.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Linear guards are divided to more digits than this. */
const PRECISION = { digits: 37, ceiling: null };

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
          PRECISION,
        );
        expectRounded(
          guard.above === null ? null : exactly(guard.above),
          over.length === 0 ? null : over.reduce((a, b) => least(a, b)),
          -1,
          PRECISION,
        );
      }),
      propertyRuns(),
    );
  });
});
