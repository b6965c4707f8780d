import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveLeverageOf } from '#core/adl/counterparty.ts';
import { countGrades, rankQuantiles } from '#core/adl/indicator.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { rankedValuesOf } from '#core/adl/ranking/factor-values.ts';
import type { KeyTerm } from '#core/adl/ranking/ranking-policy.ts';
import { netQuantityOf, riskFactorOf } from '#core/adl/ranking/risk-factor.ts';
import { fromSeededStart, hashOf } from '#core/adl/ranking/seeded-start.ts';
import { decimal } from '#core/units/decimal.ts';
import { ratio } from '#core/units/money.ts';
import { RANKING_KEYS } from '#rule-sets/ranking-factors.ts';
import type { Fraction } from '../reference/fraction.ts';
import { fnv1a, fromSeed, gradesByCount, lexicographic, quantilesByRank } from '../reference/orders.ts';
import { factorOf, pnlOf, type ReferenceHolder } from '../reference/ranking-forms.ts';
import { scaledText } from '../support/decimal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { coreForm, coreHolders, formCase, type RankingCrowd, rankedBy, rankingCrowd, referenceHolders } from '../support/ranking-crowd.ts';

const idsOf = (crowd: RankingCrowd): readonly string[] => referenceHolders(crowd).map(({ poolId }) => poolId);

const keys = fc.uniqueArray(
  fc.record({ key: fc.constantFrom(...RANKING_KEYS), order: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const) }),
  { minLength: 1, maxLength: 4, selector: ({ key }) => key },
);

/** What the twin has for a key. */
const twinKey = (holder: ReferenceHolder, { key }: KeyTerm): Fraction | string | null => {
  const position = holder.pool.positions[holder.at];
  switch (key) {
    case 'accountId':
      return holder.accountId;
    case 'unrealizedPnl':
      return pnlOf(holder);
    case 'walletBalance':
      return holder.pool.collateral;
    case 'quantity':
      return position?.quantity ?? null;
    case 'notionalValue': {
      const [ratioOfNotional, pnl] = [factorOf(holder, 'pnlOverNotional'), pnlOf(holder)];
      if (ratioOfNotional !== null && ratioOfNotional.sign() !== 0) return pnl.over(ratioOfNotional);
      return position?.entryValue ?? null;
    }
    case 'marginBalance':
      return holder.pool.positions.reduce(
        (sum, each) => sum.plus(pnlOf({ ...holder, at: holder.pool.positions.indexOf(each) })),
        holder.pool.collateral,
      );
    default:
      return factorOf(holder, key);
  }
};

describe('a lexicographic ranking', () => {
  it('is the twin, key by key, ids last', () => {
    fc.assert(
      fc.property(rankingCrowd, keys, (crowd, terms) => {
        const policy = rankedBy({ formula: 'LEXICOGRAPHIC', keys: terms, losers: 'INCLUDE' });
        const core = rankCounterparties(coreHolders(crowd), policy);
        const holders = referenceHolders(crowd);
        const order = lexicographic(
          idsOf(crowd),
          terms.map((term) => ({
            order: term.order,
            at: (at: number) => (holders[at] === undefined ? null : twinKey(holders[at], term)),
          })),
        ).map((at) => idsOf(crowd)[at]);
        expect(core.toSorted((a, b) => a.order - b.order).map((each) => each.poolId)).toEqual(order);
        expect(core.every((each) => each.score === null)).toBe(true);
        const names = terms.map(({ key }) => key).filter((key) => key !== 'accountId');
        for (const each of core) expect(rankedValuesOf(each.counterparty, policy.ranking).map(({ name }) => name)).toEqual(names);
      }),
      propertyRuns(),
    );
  });
});

describe('a seeded start', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9#._-]{1,12}$/), { maxLength: 12 });
  const seed = fc.stringMatching(/^[\x20-\x7e]{0,40}$/);

  it('is the twin: the hash, and the ring from where it points', () => {
    fc.assert(
      fc.property(ids, seed, (items, text) => {
        expect(hashOf(text)).toBe(fnv1a(text));
        expect(fromSeededStart(items.toSorted(), text)).toEqual(fromSeed(items, text));
      }),
      propertyRuns(),
    );
  });

  it('ranks everybody once, whatever the input order, and reaches no further than the walk', () => {
    fc.assert(
      fc.property(rankingCrowd, seed, fc.integer({ min: 1, max: 9 }), (crowd, text, walkMaximum) => {
        const policy = rankedBy({ formula: 'SEEDED_START', walkMaximum, losers: 'INCLUDE' });
        const core = rankCounterparties(coreHolders(crowd), policy, text);
        const ring = core.toSorted((a, b) => a.order - b.order).map((each) => each.poolId);
        expect(ring).toEqual(fromSeed(idsOf(crowd), text));
        expect(core.every((each) => !each.eligible || each.order < walkMaximum)).toBe(true);
        const backwards = rankCounterparties(coreHolders(crowd).toReversed(), policy, text);
        expect(backwards.map((each) => each.poolId)).toEqual(core.map((each) => each.poolId));
      }),
      propertyRuns(),
    );
  });

  it('needs a seed', () => {
    const policy = rankedBy({ formula: 'SEEDED_START', walkMaximum: null, losers: 'INCLUDE' });
    expect(() => rankCounterparties([], policy)).toThrow(/a ranking from a seeded start has a seed/);
  });
});

describe('the order of any form', () => {
  const anyRanking = fc.oneof(
    formCase.map(coreForm),
    keys.map((terms) => ({ formula: 'LEXICOGRAPHIC' as const, keys: terms, losers: 'INCLUDE' as const })),
  );

  it('is total: it does not depend on the order in which the counterparties come', () => {
    const shuffled = rankingCrowd.chain((crowd) =>
      fc
        .shuffledSubarray([...crowd.holders], { minLength: crowd.holders.length })
        .map((holders) => [crowd, { ...crowd, holders }] as const),
    );
    fc.assert(
      fc.property(shuffled, anyRanking, ([crowd, otherOrder], ranking) => {
        const ids = (some: RankingCrowd) =>
          rankCounterparties(coreHolders(some), rankedBy(ranking)).map(
            (each) => `${each.poolId} ${each.order} ${each.indicator} ${each.reason}`,
          );
        expect(ids(otherOrder)).toEqual(ids(crowd));
      }),
      propertyRuns(),
    );
  });
});

describe('indicators by count', () => {
  it('are the twin: grades by thresholds, quantiles by rank', () => {
    const thresholds = fc.array(
      fc.integer({ min: 1, max: 999 }).map((m) => scaledText(BigInt(m), 3)),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), thresholds, fc.integer({ min: 1, max: 10 }), (count, texts, steps) => {
        expect(
          countGrades(
            count,
            texts.map((text) => ratio(decimal(text))),
          ),
        ).toEqual(gradesByCount(count, texts));
        expect(rankQuantiles(count, steps).map(String)).toEqual(quantilesByRank(count, steps));
      }),
      propertyRuns(),
    );
  });
});

describe('a hedge in the same pool', () => {
  it('leaves the larger leg with the difference and the smaller one with nothing, and a hedged book is never next before an unhedged equal', () => {
    fc.assert(
      fc.property(rankingCrowd, (crowd) => {
        for (const [at, each] of coreHolders(crowd).entries()) {
          const { lots = 0, hedgeLots = 0 } = crowd.holders[at] ?? {};
          const net = decimal(crowd.market.lotSize).times(lots > hedgeLots ? lots - hedgeLots : 0);
          expect(netQuantityOf(each).toFixed()).toBe(net.toFixed());
          const share = riskFactorOf(each, 'netExposureShare');
          expect(share?.gte(0) && share.lte(1)).toBe(true);
          const leverage = effectiveLeverageOf(each);
          if (leverage !== null && share !== null) expect(leverage.times(share).lte(leverage)).toBe(true);
        }
      }),
      propertyRuns(),
    );
  });
});
