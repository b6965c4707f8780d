import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Place } from '#core/adl/allocation/allocate.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { type Money, money, type Quantity, quantity } from '#core/units/money.ts';
import { fraction, total } from '../reference/fraction.ts';
import { fillToLevel, inWholeLots } from '../reference/water-level.ts';
import { corePlace, crowds, LEVEL_POLICIES, lotSizes, needs, POLICIES, referenceVessel } from '../support/arbitrary-places.ts';
import { exactly, expectExactly } from '../support/compare.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Shares carry 40 places; weights that are themselves quotients leave somewhat more. */
const NOISE = fraction(`0.${'0'.repeat(29)}1`);

const q = (text: string): Quantity => quantity(decimal(text));
const policies = fc.constantFrom(...POLICIES);
const levelPolicies = fc.constantFrom(...LEVEL_POLICIES);

describe('an allocation to one level', () => {
  it('gives what the twin gives, exact shares within their noise and whole lots to the digit', () => {
    fc.assert(
      fc.property(levelPolicies, needs, crowds, lotSizes, (policy, needed, crowd, lotSize) => {
        const places = crowd.map(corePlace);
        const exact = allocate(policy, q(needed), places, null);
        const twin = fillToLevel(
          fraction(needed),
          crowd.map((each) => referenceVessel(policy, each)),
        );
        exact.taken.forEach((part, index) => {
          const off = exactly(part).minus(twin[index] ?? fraction('0'));
          expect(off.absolute().isBelow(NOISE), `${policy} place ${index}: ${part.toFixed()}`).toBe(true);
        });
        const shares = crowd.map((each, index) => ({
          exact: twin[index] ?? fraction('0'),
          held: fraction(each.held),
          limit: fraction(each.limit),
        }));
        const lots = inWholeLots(fraction(needed), shares, fraction(lotSize));
        const inLots = allocate(policy, q(needed), places, q(lotSize));
        for (const [index, part] of inLots.taken.entries())
          expectExactly(part, lots[index] ?? fraction('0'), `${policy} place ${index} in lots`);
        expectExactly(inLots.residual, fraction(needed).minus(total(lots)), `${policy} residual`);
      }),
      propertyRuns(),
    );
  });

  it('ends in one place whether the need comes at once or in two residuals of a wave', () => {
    fc.assert(
      fc.property(levelPolicies, needs, needs, crowds, (policy, first, second, crowd) => {
        const places = crowd.map(corePlace);
        const after = (given: readonly Quantity[]): readonly Place[] =>
          places.map((place, index) => {
            const part = given[index] ?? q('0');
            return { ...place, held: quantity(place.held.minus(part)), limit: quantity(place.limit.minus(part)) };
          });
        const one = allocate(policy, q(first), places, null).taken;
        const two = allocate(policy, q(second), after(one), null).taken;
        const both = allocate(policy, quantity(decimal(first).plus(second)), places, null).taken;
        both.forEach((part, index) => {
          const off = exactly(part).minus(exactly(one[index] ?? q('0')).plus(exactly(two[index] ?? q('0'))));
          expect(off.absolute().isBelow(NOISE), `${policy} place ${index}`).toBe(true);
        });
      }),
      propertyRuns(),
    );
  });
});

describe('every allocation', () => {
  it('adds up exactly, takes nobody beyond its limit, touches no empty place, and leaves less than a lot where the limits hold enough', () => {
    let short = 0;
    fc.assert(
      fc.property(policies, needs, crowds, lotSizes, (policy, needed, crowd, lotSize) => {
        const places = crowd.map(corePlace);
        const { taken, residual } = allocate(policy, q(needed), places, q(lotSize));
        expect(sum(taken).plus(residual).toFixed()).toBe(q(needed).toFixed());
        taken.forEach((part, index) => {
          const place = places[index];
          expect(part.lte(place?.limit ?? q('0')), `${policy} place ${index} above its limit`).toBe(true);
          if (place?.held.isZero()) expect(part.isZero()).toBe(true);
        });
        const exact = allocate(policy, q(needed), places, null);
        const hasRoom = places.every(({ limit, held }) => limit.eq(held) || limit.mod(q(lotSize)).isZero());
        if (exact.residual.isZero() && hasRoom && policy !== 'QUEUE')
          expect(residual.lt(q(lotSize)), `${policy} left ${residual}`).toBe(true);
        if (exact.residual.gt(0) && hasRoom) {
          const giving = places.filter((_, index) => exact.taken[index]?.gt(0));
          expect(sum(taken).toFixed(), `${policy} gives less than all that may`).toBe(sum(giving.map(({ limit }) => limit)).toFixed());
          short += 1;
        }
      }),
      propertyRuns(),
    );
    expect(short).toBeGreaterThan(50);
  });

  it('gives in proportion when every contract, every amount and the lot are scaled', () => {
    fc.assert(
      fc.property(policies, needs, crowds, lotSizes, fc.constantFrom('2', '10', '0.5'), (policy, needed, crowd, lotSize, factor) => {
        const places = crowd.map(corePlace);
        const scaled = (value: Quantity): Quantity => quantity(value.times(factor));
        const times = (value: Money): Money => money(value.times(factor));
        const larger = crowd.map((each) => {
          const place = corePlace(each);
          const contracts = { ranked: scaled(place.ranked), held: scaled(place.held), limit: scaled(place.limit) };
          const amounts = {
            profit: times(place.profit),
            marginBalance: times(place.marginBalance),
            notionalValue: times(place.notionalValue),
          };
          return { ...contracts, ...amounts };
        });
        const small = allocate(policy, q(needed), places, q(lotSize));
        const large = allocate(policy, scaled(q(needed)), larger, scaled(q(lotSize)));
        expect(large.taken.map((each) => each.toFixed())).toEqual(small.taken.map((each) => scaled(each).toFixed()));
      }),
      propertyRuns(),
    );
  });
});
