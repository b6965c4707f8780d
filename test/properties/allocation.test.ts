import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Place } from '#core/adl/allocation/allocate.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { type Quantity, quantity } from '#core/units/money.ts';
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
      }),
      propertyRuns(),
    );
  });

  it('gives in proportion when every contract, every amount and the lot are scaled', () => {
    fc.assert(
      fc.property(policies, needs, crowds, lotSizes, fc.constantFrom('2', '10', '0.5'), (policy, needed, crowd, lotSize, factor) => {
        const places = crowd.map(corePlace);
        const scaled = (value: Quantity): Quantity => quantity(value.times(factor));
        const larger = crowd.map((each) => {
          const place = corePlace(each);
          return { ...place, ranked: scaled(place.ranked), held: scaled(place.held), limit: scaled(place.limit) };
        });
        const small = allocate(policy, q(needed), places, q(lotSize));
        const large = allocate(policy, scaled(q(needed)), larger, scaled(q(lotSize)));
        expect(large.taken.map((each) => each.toFixed())).toEqual(small.taken.map((each) => scaled(each).toFixed()));
      }),
      propertyRuns(),
    );
  });
});

describe('an allocation by level is fair', () => {
  const plain = (place: Place): Place => ({ ...place, ranked: place.held, limit: place.held });

  it('takes as much of an account that was split into several as of the whole one (Sybil), each part within its own lot', () => {
    fc.assert(
      fc.property(levelPolicies, needs, crowds, lotSizes, fc.integer({ min: 2, max: 4 }), (policy, needed, crowd, lotSize, parts) => {
        const [first, ...others] = crowd.map(corePlace).map(plain);
        if (first === undefined) return;
        const piece: Place = {
          ranked: quantity(first.ranked.div(parts)),
          held: quantity(first.held.div(parts)),
          limit: quantity(first.limit.div(parts)),
          profit: first.profit,
          marginBalance: first.marginBalance,
          notionalValue: first.notionalValue,
        };
        const pieces = Array.from({ length: parts }, () => ({
          ...piece,
          profit: corePlace({ ...EMPTY, profit: first.profit.div(parts).toFixed() }).profit,
          marginBalance: corePlace({ ...EMPTY, equity: first.marginBalance.div(parts).toFixed() }).marginBalance,
          notionalValue: corePlace({ ...EMPTY, notionalValue: first.notionalValue.div(parts).toFixed() }).notionalValue,
        }));
        const whole = allocate(policy, q(needed), [first, ...others], null).taken[0] ?? q('0');
        const split = sum(allocate(policy, q(needed), [...pieces, ...others], null).taken.slice(0, parts));
        expect(exactly(split).minus(exactly(whole)).absolute().isBelow(NOISE), `${policy}: ${whole} and ${split}`).toBe(true);
        const inLots = sum(allocate(policy, q(needed), [...pieces, ...others], q(lotSize)).taken.slice(0, parts));
        if (first.held.mod(q(lotSize).times(parts)).isZero())
          expect(inLots.minus(whole).abs().lt(q(lotSize).times(parts)), `${policy} in lots: ${whole} and ${inLots}`).toBe(true);
      }),
      propertyRuns(),
    );
  });

  const EMPTY = { ranked: '0', held: '0', limit: '0', profit: '0', equity: '0', notionalValue: '0' };

  it('gives the same to each whatever the order of the places, where nothing is rounded', () => {
    fc.assert(
      fc.property(levelPolicies, needs, crowds, (policy, needed, crowd) => {
        const places = crowd.map(corePlace);
        const forth = allocate(policy, q(needed), places, null).taken.map((each) => each.toFixed());
        const back = allocate(policy, q(needed), places.toReversed(), null).taken.map((each) => each.toFixed());
        forth.forEach((part, index) => {
          const other = back.at(-1 - index) ?? '0';
          expect(
            exactly(decimal(part))
              .minus(exactly(decimal(other)))
              .absolute()
              .isBelow(NOISE),
            `${policy} place ${index}`,
          ).toBe(true);
        });
      }),
      propertyRuns(),
    );
  });

  it('keeps the order of what is left to those who give by a share of it (monotone)', () => {
    fc.assert(
      fc.property(needs, crowds, (needed, crowd) => {
        // Profit of one a contract: what is given of the position is given of the profit.
        const places = crowd
          .map(corePlace)
          .map((place) => ({ ...plain(place), profit: corePlace({ ...EMPTY, profit: place.held.toFixed() }).profit }));
        const { taken } = allocate('CAPPED_PRO_RATA', q(needed), places, null);
        const left = places.map((place, index) => place.held.minus(taken[index] ?? q('0')));
        for (const [i, a] of places.entries())
          for (const [j, b] of places.entries())
            if (a.held.gte(b.held)) expect(left[i]?.plus('1e-30').gte(left[j] ?? q('0')), `${i} falls behind ${j}`).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('drains to one leverage: nobody who keeps something stands above anybody who gave', () => {
    fc.assert(
      fc.property(needs, crowds, (needed, crowd) => {
        const places = crowd
          .map(corePlace)
          .map(plain)
          .filter(({ marginBalance }) => marginBalance.gt(0));
        const { taken } = allocate('LEVERAGE_DRAIN', q(needed), places, null);
        const leverageOf = (index: number) =>
          places[index]?.held.minus(taken[index] ?? q('0')).div(places[index]?.marginBalance ?? q('1')) ?? q('0');
        for (const giver of places.keys())
          for (const keeper of places.keys())
            if (!taken[giver]?.isZero())
              expect(leverageOf(keeper).lte(leverageOf(giver).plus('1e-25')), `${keeper} stays above ${giver}`).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
