import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counterparty } from '#core/adl/counterparty.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import type { ExcludePolicy } from '#core/adl/ranking/ranking-policy.ts';
import { type BankruptParty, rankingFor } from '#core/adl/residual-eligibility.ts';
import { decimal } from '#core/units/decimal.ts';
import { price } from '#core/units/money.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { assess, broughtBy, notionalAt } from '../reference/margin.ts';
import type { ReferenceHolder } from '../reference/ranking-forms.ts';
import { EXCLUDE_NOBODY } from '../support/crowd.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { coreForm, coreHolders, formCase, type RankingCrowd, rankedBy, rankingCrowd, referenceHolders } from '../support/ranking-crowd.ts';

const EVERYBODY = { formula: 'LEXICOGRAPHIC', keys: [{ key: 'accountId', order: 'ASCENDING' }], losers: 'INCLUDE' } as const;

const excluding = (exclude: Partial<ExcludePolicy>) => rankedBy(EVERYBODY, { exclude: { ...EXCLUDE_NOBODY, ...exclude } });

/** Prices from half to one and a half times the mark. */
const priceFactor = fc.constantFrom('0.5', '0.9', '0.99', '1', '1.01', '1.1', '1.5');

const priceOf = (crowd: RankingCrowd, factor: string): Fraction => fraction(crowd.market.markPrice).times(fraction(factor));

const bankrupt = (at: Fraction, rest: Partial<BankruptParty> = {}): BankruptParty => ({
  accountId: null,
  tags: [],
  settlementPrice: price(decimal(at.toDecimalString(20))),
  ...rest,
});

/** What closing the whole position at a price instead of the mark changes in the pool's margin balance. */
const changeAt = ({ pool, at }: ReferenceHolder, settlementPrice: Fraction): Fraction => {
  const position = pool.positions[at];
  if (position === undefined) throw new RangeError('a holder has a position');
  const there = broughtBy(position, notionalAt(position, settlementPrice));
  return there.minus(broughtBy(position, notionalAt(position, position.market.markPrice)));
};

/** The position's share of the pool, by maintenance margin, after it closed at a price, the taker fee paid. */
const shareAfter = (holder: ReferenceHolder, settlementPrice: Fraction): Fraction => {
  const position = holder.pool.positions[holder.at];
  const assessment = assess(holder.pool);
  const values = assessment.positions[holder.at];
  if (position === undefined || values === undefined) throw new RangeError('a holder has a position');
  const share = assessment.marginBalance.times(values.maintenanceMargin).over(assessment.maintenanceMargin);
  const fee = notionalAt(position, settlementPrice).times(position.market.takerFeeRate);
  return share.plus(changeAt(holder, settlementPrice)).minus(fee);
};

const isSolvent = (holder: ReferenceHolder): boolean => assess(holder.pool).marginBalance.sign() > 0;

/** Closer to zero than this the twin's exact value and the core's quotients may fall on either side. */
const NOISE = fraction(`0.${'0'.repeat(29)}1`);

const barred = (ranking: readonly RankedCounterparty[], reason: string): readonly string[] =>
  ranking
    .filter((each) => each.reason === reason)
    .map((each) => each.poolId)
    .toSorted();

const expected = (crowd: RankingCrowd, isBarred: (holder: ReferenceHolder) => boolean): readonly string[] =>
  referenceHolders(crowd)
    .filter((each) => isSolvent(each) && isBarred(each))
    .map((each) => each.poolId)
    .toSorted();

describe('a residual at a price', () => {
  it('spares, where the rules say so, exactly the pools that giving all would leave below zero', () => {
    fc.assert(
      fc.property(rankingCrowd, priceFactor, (crowd, factor) => {
        const policy = excluding({ insolventAfter: true });
        const at = priceOf(crowd, factor);
        const left = (holder: ReferenceHolder) => assess(holder.pool).marginBalance.plus(changeAt(holder, at));
        fc.pre(referenceHolders(crowd).every((each) => left(each).absolute().isAbove(NOISE)));
        const core = rankingFor(rankCounterparties(coreHolders(crowd), policy), policy, bankrupt(at));
        expect(barred(core, 'INSOLVENT_AFTER')).toEqual(expected(crowd, (holder) => left(holder).sign() < 0));
      }),
      propertyRuns(),
    );
  });

  it('spares, where the rules say so, exactly the positions whose own bankruptcy price it lies beyond', () => {
    fc.assert(
      fc.property(rankingCrowd, priceFactor, (crowd, factor) => {
        const policy = excluding({ bankruptcyPriceCrossed: true });
        const at = priceOf(crowd, factor);
        fc.pre(referenceHolders(crowd).every((each) => shareAfter(each, at).absolute().isAbove(NOISE)));
        const core = rankingFor(rankCounterparties(coreHolders(crowd), policy), policy, bankrupt(at));
        expect(barred(core, 'BANKRUPTCY_CROSSED')).toEqual(expected(crowd, (holder) => shareAfter(holder, at).sign() < 0));
      }),
      propertyRuns(),
    );
  });

  it('spares the account itself, and accounts that share one of the owner tags with it and no other tag', () => {
    const party = fc.record({
      accountId: fc.constantFrom('a1', 'B', 'nobody'),
      tags: fc.constantFrom([], ['owner.one'], ['owner.two'], ['desk']),
    });
    fc.assert(
      fc.property(rankingCrowd, party, (crowd, { accountId, tags }) => {
        const policy = excluding({ ownerTagPrefix: 'owner.' });
        const core = rankingFor(rankCounterparties(coreHolders(crowd), policy), policy, bankrupt(priceOf(crowd, '1'), { accountId, tags }));
        expect(barred(core, 'SAME_ACCOUNT')).toEqual(
          referenceHolders(crowd)
            .filter((each) => each.accountId === accountId)
            .map((each) => each.poolId),
        );
        const owners = new Set<string>(tags.filter((tag) => tag.startsWith('owner.')));
        const shares = (id: string) => crowd.holders.find((each) => each.accountId === id)?.tags.some((tag) => owners.has(tag)) ?? false;
        expect(barred(core, 'SAME_OWNER')).toEqual(expected(crowd, (holder) => holder.accountId !== accountId && shares(holder.accountId)));
      }),
      propertyRuns(),
    );
  });

  it('keeps the order of those that it does not bar', () => {
    const every = { insolventAfter: true, bankruptcyPriceCrossed: true, ownerTagPrefix: 'owner.' };
    fc.assert(
      fc.property(rankingCrowd, formCase, priceFactor, (crowd, form, factor) => {
        const policy = rankedBy(coreForm(form), { exclude: { ...EXCLUDE_NOBODY, ...every } });
        const before = rankCounterparties(coreHolders(crowd), policy);
        const after = rankingFor(before, policy, bankrupt(priceOf(crowd, factor), { accountId: 'a2', tags: ['owner.one'] }));
        const kept = after.filter((each) => each.eligible).map((each) => each.poolId);
        expect(before.filter((each) => kept.includes(each.poolId)).map((each) => each.poolId)).toEqual(kept);
        expect(after.map((each) => each.poolId).toSorted()).toEqual(before.map((each) => each.poolId).toSorted());
        expect(after.filter((each) => !each.eligible).every((each) => each.reason !== null)).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('hedged quantities that are spared', () => {
  it('leave of each position what the opposite leg of its pool does not cover, and bar whoever is covered whole', () => {
    fc.assert(
      fc.property(rankingCrowd, (crowd) => {
        const ranking = rankCounterparties(coreHolders(crowd), excluding({ hedged: true }));
        for (const each of ranking) {
          const { lots = 0, hedgeLots = 0 } = crowd.holders.find(({ accountId }) => accountId === each.accountId) ?? {};
          const net = lots > hedgeLots ? lots - hedgeLots : 0;
          if (each.reason !== 'INSOLVENT') expect(each.reason).toBe(net === 0 ? 'HEDGED' : null);
          if (each.eligible) expect(each.quantity.toFixed()).toBe(decimal(crowd.market.lotSize).times(net).toFixed());
        }
      }),
      propertyRuns(),
    );
  });
});

describe('the grounds that hold whatever the residual is', () => {
  const crowd: RankingCrowd = {
    market: {
      marketId: 'AAA',
      multiplier: '1',
      markPrice: '100',
      takerFeeRate: '0',
      tickSize: '0.1',
      lotSize: '1',
      form: 'DEDUCTION',
      tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
    },
    side: 'LONG',
    holders: [{ accountId: 'a1', lots: 5, entryFactor: '1.25', balanceFactor: '0', hedgeLots: 5, otherLots: 0, tags: ['desk'] }],
  };
  const changed = (each: Partial<RankingCrowd['holders'][number]>, liquidating = false): readonly Counterparty[] =>
    coreHolders({ ...crowd, holders: crowd.holders.map((one) => ({ ...one, ...each })) }).map((one) => ({
      ...one,
      inLiquidation: liquidating,
    }));
  const policyFor = (losers: 'EXCLUDE' | 'FLOOR_AT_ZERO') =>
    rankedBy(coreForm({ profit: { factor: 'pnlOverWallet', weight: 1, floor: null, walletFloor: null }, factors: [], losers }), {
      exclude: { ...EXCLUDE_NOBODY, tags: ['desk'], withoutPositiveScore: true, hedged: true },
    });
  const reasonOf = (counterparties: readonly Counterparty[], policy = policyFor('EXCLUDE')) =>
    rankCounterparties(counterparties, policy)[0]?.reason;

  it('are told in their order, the first that holds', () => {
    expect(reasonOf(changed({}, true))).toBe('EXCLUDED_TAG');
    expect(reasonOf(changed({ tags: [] }, true))).toBe('INSOLVENT');
    expect(reasonOf(changed({ tags: [], balanceFactor: '1' }, true))).toBe('IN_LIQUIDATION');
    expect(reasonOf(changed({ tags: [], balanceFactor: '1' }))).toBe('NO_PROFIT');
    expect(reasonOf(changed({ tags: [], balanceFactor: '1', hedgeLots: 0 }), policyFor('FLOOR_AT_ZERO'))).toBe('NO_POSITIVE_SCORE');
    // margin balance 50 out of an unrealized profit of 250: the wallet is below zero, and nothing can be divided by it
    expect(reasonOf(changed({ tags: [], balanceFactor: '0.1', entryFactor: '0.5', hedgeLots: 0 }))).toBe('NO_SCORE');
    expect(reasonOf(changed({ tags: [], balanceFactor: '2', entryFactor: '0.5' }))).toBe('HEDGED');
    expect(reasonOf(changed({ tags: [], balanceFactor: '2', entryFactor: '0.5', hedgeLots: 4 }))).toBe(null);
  });
});
