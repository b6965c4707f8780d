import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, type Place } from '#core/adl/allocation/allocate.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { type Quantity, quantity } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { corePlace, crowds, LEVEL_POLICIES, lotSizes, needs } from '../support/arbitrary-places.ts';
import { exactly } from '../support/compare.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Shares carry 40 places; weights that are themselves quotients leave somewhat more. */
const NOISE = fraction(`0.${'0'.repeat(29)}1`);

const q = (text: string): Quantity => quantity(decimal(text));
const levelPolicies = fc.constantFrom(...LEVEL_POLICIES);

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
