import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indicators } from '#core/adl/indicator.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { rankingFor } from '#core/adl/residual-eligibility.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, quantity } from '#core/units/money.ts';
import { fraction } from '../reference/fraction.ts';
import { indicatorsOf, rank } from '../reference/ranking.ts';
import { expectClosely } from '../support/compare.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy, rankingPolicy, referenceCandidates } from '../support/crowd.ts';
import { scaledText } from '../support/decimal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';

describe('the ranking', () => {
  it('is the twin: who may be taken, in which order, with which score and how many lights', () => {
    fc.assert(
      fc.property(crowd, rankingPolicy, (people, policy) => {
        const core = rankCounterparties(coreCounterparties(people), deleveragingPolicy(policy));
        const eligible = core.filter((each) => each.eligible);
        const twin = rank(referenceCandidates(people), policy);
        expect(eligible.map((each) => each.poolId)).toEqual(twin.map((each) => each.candidate.poolId));
        for (const [at, each] of eligible.entries()) {
          expectClosely(each.score, twin[at]?.score ?? null, `score of ${each.poolId}`);
        }
        const lights = indicatorsOf(
          twin.map((each) => each.candidate.quantity),
          5,
        );
        expect(eligible.map((each) => String(each.indicator))).toEqual(lights.map((each) => each.toDecimalString(0)));
        expect(core.slice(eligible.length).every((each) => !each.eligible && each.reason !== null && each.indicator === 0)).toBe(true);
      }),
      propertyRuns(),
    );
  });

  it('does not depend on the order in which the counterparties come', () => {
    const shuffled = crowd.chain((people) =>
      fc
        .shuffledSubarray([...people.members], { minLength: people.members.length })
        .map((members) => [people, { ...people, members }] as const),
    );
    fc.assert(
      fc.property(shuffled, rankingPolicy, ([people, otherOrder], policy) => {
        const ids = (some: Crowd): readonly string[] =>
          rankCounterparties(coreCounterparties(some), deleveragingPolicy(policy)).map((each) => `${each.poolId} ${each.indicator}`);
        expect(ids(otherOrder)).toEqual(ids(people));
      }),
      propertyRuns(),
    );
  });

  /** Pairs of (entry, balance) with one and the same score of 500/63, got from factors that no decimal holds. */
  const TIED = [
    { entryFactor: '0.315', balanceFactor: '0.274' },
    { entryFactor: '0.336', balanceFactor: '0.249' },
  ] as const;

  it('lets the tie-break decide between scores that are equal, however their factors round', () => {
    const inBothOrders = fc.constantFrom(['a1', 'a2'], ['a2', 'a1']);
    fc.assert(
      fc.property(crowd, inBothOrders, (people, accountIds) => {
        const members = TIED.map((each, at) => ({ ...each, accountId: accountIds[at] ?? '', marginMode: 'CROSS' as const, quantity: '1' }));
        const tied: Crowd = { ...people, side: 'LONG', members };
        const policy = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });
        expect(rankCounterparties(coreCounterparties(tied), policy).map((each) => each.accountId)).toEqual(['a1', 'a2']);
      }),
      propertyRuns(),
    );
  });

  it('without the bankrupt account is the ranking of the others', () => {
    fc.assert(
      fc.property(crowd, rankingPolicy, (people, policy) => {
        const bankrupt = people.members[0]?.accountId ?? null;
        const everybody = rankCounterparties(coreCounterparties(people), deleveragingPolicy(policy));
        const party = { accountId: bankrupt, tags: [], settlementPrice: price(decimal(people.market.markPrice)) };
        const ranked = rankingFor(everybody, deleveragingPolicy(policy), party);
        const others = rank(
          referenceCandidates(people).filter((each) => each.accountId !== bankrupt),
          policy,
        );
        const eligible = ranked.filter((each) => each.eligible);
        expect(eligible.map((each) => each.poolId)).toEqual(others.map((each) => each.candidate.poolId));
        const lights = indicatorsOf(
          others.map((each) => each.candidate.quantity),
          5,
        );
        expect(eligible.map((each) => String(each.indicator))).toEqual(lights.map((each) => each.toDecimalString(0)));
        for (const each of ranked.filter((one) => one.accountId === bankrupt))
          expect(each).toMatchObject({ reason: 'SAME_ACCOUNT', indicator: 0 });
      }),
      propertyRuns(),
    );
  });
});

describe('the indicator', () => {
  it('is the twin for any number of lights', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(quantities, fc.integer({ min: 1, max: 10 }), (mantissas, steps) => {
        const texts = mantissas.map((mantissa) => scaledText(BigInt(mantissa), 3));
        const core = indicators(
          texts.map((text) => quantity(decimal(text))),
          steps,
        );
        const twin = indicatorsOf(texts.map(fraction), steps);
        expect(core.map(String)).toEqual(twin.map((each) => each.toDecimalString(0)));
      }),
      propertyRuns(),
    );
  });
});
