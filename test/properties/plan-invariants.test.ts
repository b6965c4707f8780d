import { createHash } from 'node:crypto';
import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import type { Pool } from '#core/account/pool.ts';
import { residualAfter, transferValue } from '#core/adl/settlement-price.ts';
import { present } from '#core/invariant.ts';
import { plainJson } from '#core/plain-json.ts';
import { sum, ZERO } from '#core/units/decimal.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { termsAt } from '../support/arbitrary-terms.ts';
import { exactly } from '../support/compare.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy, EXCLUDE_NOBODY } from '../support/crowd.ts';
import { type Planned, plannedWave, waveNeeds } from '../support/planned-wave.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Linear and inverse alike. */
const anyCrowd: Arbitrary<Crowd> = fc.oneof(
  crowd,
  crowd.map((people): Crowd => ({ ...people, market: { ...people.market, contract: 'INVERSE' } })),
);

/** Residuals whose bankruptcy price is far enough from the mark to cost more than a profit or a margin. */
const harshNeeds = fc.array(
  fc.record({ part: fc.integer({ min: 1, max: 1500 }), priceFactor: fc.constantFrom('0.4', '0.8', '1.2', '2') }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

/** Cuts of a residual, a share and a fee to the quantum, at each of at most three residuals. */
const QUANTA = fraction('0.00000000001');

/** What the mark is better than the price of a transfer for the counterparty, from the contract's own words rather than the plan's haircut. */
const givenUp = (people: Crowd, { plan }: Planned, quantityGiven: Fraction): Fraction => {
  const one = fraction('1');
  const [mark, at] = [exactly(plan.markPrice), exactly(plan.settlementPrice)];
  const gap = people.market.contract === 'INVERSE' ? one.over(at).minus(one.over(mark)) : mark.minus(at);
  const signed = people.side === 'LONG' ? gap : gap.negated();
  return signed.times(quantityGiven).times(fraction(people.market.multiplier));
};

const givenUpBy = (people: Crowd, waves: readonly Planned[]): ReadonlyMap<string, Fraction> => {
  const sums = new Map<string, Fraction>();
  for (const planned of waves)
    for (const { poolId, quantity: part } of planned.plan.transfers)
      sums.set(poolId, total([sums.get(poolId) ?? fraction('0'), givenUp(people, planned, exactly(part))]));
  return sums;
};

const hashOf = (waves: readonly Planned[]): string =>
  createHash('sha256')
    .update(JSON.stringify(plainJson(waves.map(({ plan }) => plan))))
    .digest('hex');

const numbersIn = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
};

describe('what a wave of transfers leaves', () => {
  it('is as much less on the side that gives as on the side that closes; nobody flips, and nobody without a transfer changes', () => {
    let transfers = 0;
    fc.assert(
      fc.property(anyCrowd, termsAt, waveNeeds, (people, termsOf, needs) => {
        const pools = new Map<string, Pool>(coreCounterparties(people).map(({ assessment }) => [assessment.pool.poolId, assessment.pool]));
        const before = sum([...pools.values()].flatMap(({ positions }) => positions.map((each) => each.quantity)));
        let closed = ZERO;
        for (const { plan } of plannedWave(people, termsOf, needs)) {
          let left = plan.residual;
          for (const { poolId, quantity: part } of plan.transfers) {
            const pool = present(pools.get(poolId), poolId);
            const held = present(pool.positions[0], 'who gives has a position').quantity;
            const value = transferValue(left, part, plan.closesAt);
            left = residualAfter(left, part);
            const { pool: after } = closePosition(pool, plan.residual.terms, people.side, part, value.toCounterparty);
            expect(after.positions.every(({ side }) => side === people.side)).toBe(true);
            expect((after.positions[0]?.quantity ?? ZERO).plus(part).toFixed()).toBe(held.toFixed());
            pools.set(poolId, after);
            transfers += 1;
          }
          closed = closed.plus(plan.residual.quantity).minus(left.quantity);
          expect(left.quantity.toFixed()).toBe(plan.residualQuantity.toFixed());
        }
        const after = sum([...pools.values()].flatMap(({ positions }) => positions.map((each) => each.quantity)));
        expect(before.minus(after).toFixed()).toBe(closed.toFixed());
      }),
      propertyRuns(),
    );
    expect(transfers).toBeGreaterThan(1000);
  });

  it('is the cash of everybody under the policies that protect it: at the mark nobody has less than without its position’s profit', () => {
    let pressed = 0;
    fc.assert(
      fc.property(
        anyCrowd,
        termsAt,
        fc.constantFrom('CAPPED_PRO_RATA', 'RISK_AWARE_PRO_RATA'),
        harshNeeds,
        (people, termsOf, allocation, needs) => {
          const policy = { allocation, severity: { kind: 'FULL' }, settlementPrice: 'BANKRUPTCY' } as const;
          const waves = plannedWave(people, (mark) => ({ ...termsOf(mark), policy }), needs);
          const sums = givenUpBy(people, waves);
          for (const { assessment, assessed } of coreCounterparties(people)) {
            const taken = sums.get(assessment.pool.poolId) ?? fraction('0');
            const profit = exactly(assessed.unrealizedPnl);
            if (taken.sign() > 0)
              expect(taken.isAbove(profit.plus(QUANTA)), `${assessment.pool.poolId} gives up more than its profit`).toBe(false);
            if (taken.sign() > 0 && taken.plus(QUANTA).isAbove(profit)) pressed += 1;
          }
        },
      ),
      propertyRuns(),
    );
    expect(pressed).toBeGreaterThan(20);
  });

  it('is nobody below zero where the rules spare whoever giving all would leave so, over all residuals of a wave', () => {
    const ranking = { pnlRatioWeight: 1, leverageWeight: 1, losers: 'FLOOR_AT_ZERO', tieBreak: ['accountId'] } as const;
    const policy = { ...deleveragingPolicy(ranking), exclude: { ...EXCLUDE_NOBODY, insolventAfter: true } };
    let spared = 0;
    fc.assert(
      fc.property(anyCrowd, termsAt, harshNeeds, (people, termsOf, needs) => {
        const waves = plannedWave(people, termsOf, needs, policy);
        const sums = givenUpBy(people, waves);
        for (const { assessment } of coreCounterparties(people)) {
          const taken = sums.get(assessment.pool.poolId);
          if (taken === undefined) continue;
          const left = exactly(assessment.marginBalance).minus(taken).plus(QUANTA);
          expect(left.sign() < 0, `${assessment.pool.poolId} is left below zero`).toBe(false);
        }
        spared += waves.flatMap(({ plan }) => plan.ranking).filter(({ reason }) => reason === 'INSOLVENT_AFTER').length;
      }),
      propertyRuns(),
    );
    expect(spared).toBeGreaterThan(100);
  });
});

describe('a plan is its inputs alone', () => {
  it('has the same hash again and from counterparties in any order, and no number in it that is not whole', () => {
    const shuffled = anyCrowd.chain((people) =>
      fc.record({
        people: fc.constant(people),
        members: fc.shuffledSubarray([...people.members], { minLength: people.members.length }),
      }),
    );
    const hashes = new Set<string>();
    fc.assert(
      fc.property(shuffled, termsAt, waveNeeds, ({ people, members }, termsOf, needs) => {
        const waves = plannedWave(people, termsOf, needs);
        const hash = hashOf(waves);
        hashes.add(hash);
        expect(hashOf(plannedWave(people, termsOf, needs))).toBe(hash);
        expect(hashOf(plannedWave({ ...people, members }, termsOf, needs))).toBe(hash);
        const decided = waves.map(({ plan: { ranking, ...plan } }) => ({
          ...plan,
          ranking: ranking.map(({ counterparty, ...each }) => each),
        }));
        expect(numbersIn(plainJson(decided)).every(Number.isInteger)).toBe(true);
      }),
      propertyRuns(),
    );
    expect(hashes.size).toBeGreaterThan(900);
  });
});
