import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GuardCondition, isCrossed, issueGuards } from '#core/margin/guards.ts';
import { decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { fraction, greatest, least } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { borderPrices } from '../reference/prices.ts';
import { anyLegs, isContinuous } from '../support/arbitraries.ts';
import { assessed } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { expectRounded, healthy, movedInside, NOT_IN_BREACH, place, SOLVENT } from '../support/guard-probes.ts';
import { MIXTURES, mixedPool } from '../support/mixed-pools.ts';
import { referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** A margin ratio below 0.8, as a rule may ask for. */
const RATIO_BELOW: GuardCondition = { marginBalanceFactor: decimal('0.8'), requirementFactor: ONE, offset: ZERO };

const FOUR_FIFTHS = fraction('0.8');

/** Inverse guards hold to 20 digits; beyond every mark a guard has no bound. */
const PRECISION = { digits: 20, ceiling: fraction('100000000000000000000') };

describe.each(MIXTURES)('guards of a pool of %s contracts', (mixture) => {
  it('are due at once in a breach, an insolvency or without a proof of silence, and hold the mark they are issued at otherwise', () => {
    let held = 0;
    fc.assert(
      fc.property(mixedPool(mixture).filter(isContinuous), (poolCase) => {
        const core = assessed(poolCase);
        expect(issueGuards(core, null).every(({ kind }) => kind === 'DUE')).toBe(true);
        for (const guard of issueGuards(core, [NOT_IN_BREACH, SOLVENT])) {
          const isDue = core.marginExcess.lte(0) || core.marginBalance.lte(0);
          const market = core.positions.find((each) => each.position.marketId === guard.marketId)?.market;
          if (market === undefined) throw new RangeError('a guard belongs to a market of the pool');
          expect(isCrossed(guard, market.markPrice)).toBe(isDue);
          if (!isDue) held += 1;
        }
      }),
      propertyRuns(),
    );
    expect(held).toBeGreaterThan(200);
  });

  it('never let a breach or an insolvency happen while every mark is inside, wherever the marks jump', () => {
    const probes = fc.array(fc.array(place, { minLength: 3, maxLength: 3 }), { minLength: 4, maxLength: 4 });
    let probed = 0;
    fc.assert(
      fc.property(mixedPool(mixture, 3, anyLegs, healthy), probes, (poolCase, places) => {
        const guards = issueGuards(assessed(poolCase), [NOT_IN_BREACH, SOLVENT, RATIO_BELOW]);
        const intervals = guards.filter((guard) => guard.kind === 'INTERVAL');
        if (intervals.length < guards.length) return;
        for (const where of places) {
          const after = assess(referencePool(movedInside(poolCase, intervals, where)));
          const required = after.maintenanceMargin.plus(after.closingFee);
          expect(after.marginExcess.sign(), `excess with marks at ${where.join(', ')}`).toBeGreaterThanOrEqual(0);
          expect(after.marginBalance.sign(), `balance with marks at ${where.join(', ')}`).toBeGreaterThan(0);
          expect(required.isAbove(after.marginBalance.times(FOUR_FIFTHS)), `ratio with marks at ${where.join(', ')}`).toBe(false);
          probed += 1;
        }
      }),
      propertyRuns(),
    );
    expect(probed).toBeGreaterThan(500);
  });
});

describe('guards of a pool of one INVERSE contract', () => {
  it('are the nearest breaches themselves, rounded towards the mark', () => {
    let compared = 0;
    fc.assert(
      fc.property(mixedPool('INVERSE', 1, anyLegs, healthy), (poolCase) => {
        const [guard] = issueGuards(assessed(poolCase), [NOT_IN_BREACH]);
        const market = poolCase.markets[0];
        if (guard?.kind !== 'INTERVAL' || market === undefined) return;
        const mark = fraction(market.markPrice);
        const borders = borderPrices(referencePool(poolCase), market.marketId);
        // A mark on a boundary of flat tiers may have the breach right below it, where the notional is larger.
        const under = borders.filter((border) => !border.isAbove(mark));
        const over = borders.filter((border) => border.isAbove(mark));
        compared += under.length + over.length;
        expectRounded(
          guard.below && exactly(guard.below),
          under.length === 0 ? null : under.reduce((a, b) => greatest(a, b)),
          1,
          PRECISION,
        );
        expectRounded(guard.above && exactly(guard.above), over.length === 0 ? null : over.reduce((a, b) => least(a, b)), -1, PRECISION);
      }),
      propertyRuns(),
    );
    expect(compared).toBeGreaterThan(200);
  });
});
