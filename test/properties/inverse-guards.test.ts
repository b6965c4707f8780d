import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Guard } from '#core/account/pool.ts';
import { type GuardCondition, isCrossed, issueGuards } from '#core/margin/guards.ts';
import { decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { type Fraction, fraction, greatest, least } from '../reference/fraction.ts';
import { assess } from '../reference/margin.ts';
import { borderPrices } from '../reference/prices.ts';
import { anyLegs, isContinuous, type Standing } from '../support/arbitraries.ts';
import { assessed, withMark } from '../support/assessed.ts';
import { exactly } from '../support/compare.ts';
import { thousandths } from '../support/decimal-text.ts';
import { MIXTURES, mixedPool } from '../support/mixed-pools.ts';
import { type PoolCase, referencePool } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const NOT_IN_BREACH: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ONE, offset: ZERO };
const SOLVENT: GuardCondition = { marginBalanceFactor: ONE, requirementFactor: ZERO, offset: ZERO };
/** A margin ratio below 0.8, as a rule may ask for. */
const RATIO_BELOW: GuardCondition = { marginBalanceFactor: decimal('0.8'), requirementFactor: ONE, offset: ZERO };

const healthy = thousandths(1, 900).map((ofNotional): Standing => ({ kind: 'THOUSANDTHS', ofNotional }));

/** How near a guard's ends are tried: nearer than any two marks that a venue writes. */
const HAIR = fraction('0.000000000000000000000000000001');
const ONE_EXACTLY = fraction('1');
const FOUR_FIFTHS = fraction('0.8');

type Interval = Extract<Guard, { kind: 'INTERVAL' }>;
type Place = 'AT_BELOW' | 'AT_ABOVE' | number;

const place = fc.oneof(fc.constantFrom<Place>('AT_BELOW', 'AT_ABOVE'), fc.integer({ min: 1, max: 999 }));

/** A mark strictly inside the guard: a hair off either end, or so many thousandths of the way. */
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
        expectRounded(guard.below && exactly(guard.below), under.length === 0 ? null : under.reduce((a, b) => greatest(a, b)), 1);
        expectRounded(guard.above && exactly(guard.above), over.length === 0 ? null : over.reduce((a, b) => least(a, b)), -1);
      }),
      propertyRuns(),
    );
    expect(compared).toBeGreaterThan(200);
  });
});

/** Beyond every mark: there a guard has no bound. */
const PRICE_CEILING = fraction('100000000000000000000');

const TWENTY_DIGITS = fraction('0.00000000000000000001');

/** The guard is the border within 20 digits, on the side of the mark (`towards` +1 above the border, −1 below). */
const expectRounded = (guard: Fraction | null, border: Fraction | null, towards: 1 | -1): void => {
  const reached = border?.isBelow(PRICE_CEILING) ? border : null;
  if (guard === null || reached === null) {
    expect(guard?.toDecimalString(60)).toBe(reached?.toDecimalString(60));
    return;
  }
  const what = `${guard.toDecimalString(60)} against ${reached.toDecimalString(60)}`;
  expect(guard.minus(reached).absolute().isAbove(reached.times(TWENTY_DIGITS)), what).toBe(false);
  expect(guard.minus(reached).sign() * towards, what).toBeGreaterThanOrEqual(0);
};
