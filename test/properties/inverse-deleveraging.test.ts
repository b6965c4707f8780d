import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closePosition } from '#core/account/close-position.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import type { DeleveragingPlan } from '#core/adl/deleveraging-plan.ts';
import { onlyMark } from '#core/adl/deleveraging-price.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { residualAtPrice, transferValue } from '#core/adl/settlement-price.ts';
import type { MarkedMarket } from '#core/market/marked-market.ts';
import { opposite } from '#core/market/side.ts';
import { decimal, sum } from '#core/units/decimal.ts';
import { money, type Price, price, quantity } from '#core/units/money.ts';
import { type Fraction, fraction, total } from '../reference/fraction.ts';
import { rank } from '../reference/ranking.ts';
import { POLICIES } from '../support/arbitrary-places.ts';
import { exactly } from '../support/compare.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy, referenceCandidates } from '../support/crowd.ts';
import { scaledText } from '../support/decimal-text.ts';
import { plannedWave, waveNeeds } from '../support/planned-wave.ts';
import { coreMarkets } from '../support/pool-case.ts';
import { propertyRuns } from '../support/property-runs.ts';

const POLICY = { pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] } as const;

/** Everybody opposite to a residual of one inverse market. */
const inverseCrowd = fc
  .record({ people: crowd, multiplier: fc.constantFrom('1', '10', '100'), takerFeeRate: fc.constantFrom('0', '0.0005') })
  .map(({ people, ...terms }): Crowd => ({ ...people, market: { ...people.market, ...terms, contract: 'INVERSE' } }));

const need = fc.record({
  part: fc.integer({ min: 1, max: 1500 }),
  priceFactor: fc.constantFrom('0.9', '1', '1.1', '1.000001'),
});

const marketOf = (people: Crowd): MarkedMarket => {
  const market = coreMarkets({ collateral: '0', markets: [people.market], positions: [] }).get(people.market.marketId);
  if (market === undefined) throw new RangeError('the crowd stands in a market');
  return market;
};

const planFor = (people: Crowd, { part, priceFactor }: { readonly part: number; readonly priceFactor: string }): DeleveragingPlan => {
  const market = marketOf(people);
  const whole = total(people.members.map((each) => fraction(each.quantity)));
  const open = whole.times(fraction(scaledText(BigInt(part), 3))).ceilTo(fraction(people.market.lotSize));
  const at = fraction(people.market.markPrice).times(fraction(priceFactor));
  const residual = residualAtPrice(
    market.terms,
    opposite(people.side),
    quantity(decimal(open.toDecimalString(12))),
    price(decimal(at.toDecimalString(20))),
  );
  const ranking = rankCounterparties(coreCounterparties(people), deleveragingPolicy(POLICY));
  return decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining: new Map() });
};

/** side·multiplier·quantity·(1/settlementPrice − 1/mark), side the counterparty's: written as the contract says it. */
const haircutOf = (people: Crowd, plan: DeleveragingPlan, given: Fraction): Fraction => {
  const one = fraction('1');
  const gap = one.over(exactly(plan.residual.price)).minus(one.over(exactly(plan.markPrice)));
  const value = fraction(people.market.multiplier).times(given).times(gap);
  return people.side === 'LONG' ? value : value.negated();
};

/** One lot less is still more than an empty fund pays: the first of several transfers bring it quanta, a later one costs one. */
const SEVERAL_QUANTA: Crowd = {
  side: 'SHORT',
  members: [
    { accountId: 'a1', marginMode: 'CROSS', quantity: '5', entryFactor: '0.75', balanceFactor: '0.001' },
    { accountId: 'a1', marginMode: 'ISOLATED', quantity: '1140', entryFactor: '0.4', balanceFactor: '0.005' },
    { accountId: 'Z.9', marginMode: 'CROSS', quantity: '5', entryFactor: '0.4', balanceFactor: '0.001' },
    { accountId: 'b', marginMode: 'CROSS', quantity: '5', entryFactor: '0.5', balanceFactor: '0.001' },
  ],
  market: {
    marketId: 'AAA',
    contract: 'INVERSE',
    multiplier: '1',
    markPrice: '3.7',
    takerFeeRate: '0',
    tickSize: '0.0001',
    lotSize: '5',
    form: 'DEDUCTION',
    tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
  },
};

describe('deleveraging an inverse contract', () => {
  it('ranks as the twin does: profit over entry value in coin, times leverage', () => {
    fc.assert(
      fc.property(inverseCrowd, (people) => {
        const ranking = rankCounterparties(coreCounterparties(people), deleveragingPolicy(POLICY));
        const twin = rank(referenceCandidates(people), POLICY);
        const eligible = ranking.filter((each) => each.eligible).map((each) => each.poolId);
        expect(eligible).toEqual(twin.map(({ candidate }) => candidate.poolId));
      }),
      propertyRuns(),
    );
  });

  it('conserves quantity and coin, and nobody flips or grows', () => {
    let transfers = 0;
    fc.assert(
      fc.property(inverseCrowd, need, (people, one) => {
        const plan = planFor(people, one);
        const moved = sum(plan.transfers.map((transfer) => transfer.quantity));
        expect(moved.plus(plan.residualQuantity).toFixed()).toBe(plan.residual.quantity.toFixed());
        for (const transfer of plan.transfers) {
          const value = transferValue(plan.residual, transfer.quantity);
          expect(sum([value.toBankrupt, value.fee, value.toCounterparty]).toFixed()).toBe('0');
          const ranked = plan.ranking.find((each) => each.poolId === transfer.poolId);
          if (ranked === undefined) throw new RangeError('who gives was ranked');
          const { pool } = ranked.counterparty.assessment;
          const { pool: after } = closePosition(pool, plan.residual.terms, people.side, transfer.quantity, value.toCounterparty);
          const held = after.positions[0]?.quantity ?? decimal('0');
          expect(held.plus(transfer.quantity).toFixed()).toBe(ranked.quantity.toFixed());
          transfers += 1;
        }
      }),
      propertyRuns(),
    );
    expect(transfers).toBeGreaterThan(500);
  });

  it('states as haircut what the settlement price takes, and overshoots its budget by nothing, to the quantum', () => {
    // The share, the fee and the whole value of a residual are each cut to a quantum.
    const tolerance = fraction('0.000000000003');
    fc.assert(
      fc.property(inverseCrowd, need, (people, one) => {
        const plan = planFor(people, one);
        for (const transfer of plan.transfers) {
          const off = exactly(transfer.haircut)
            .minus(haircutOf(people, plan, exactly(transfer.quantity)))
            .absolute();
          expect(off.isBelow(tolerance), `haircut \`${transfer.haircut.toFixed()}\``).toBe(true);
        }
        expect(exactly(plan.overshoot).isBelow(tolerance)).toBe(true);
        expect(plan.taken.minus(plan.budget).toFixed()).toBe(plan.overshoot.toFixed());
      }),
      propertyRuns(),
    );
  });

  it('at a mark that is the bankruptcy price asks an empty fund for no quantum that it has not, and says what was cut', () => {
    // Without a fee all is the same to the digit, so that nothing but quanta is missing.
    const withoutFee = inverseCrowd.map(
      (people): Crowd => ({ ...people, market: { ...people.market, takerFeeRate: '0', multiplier: '1' } }),
    );
    let cut = 0;
    const funds = fc.constantFrom('0', '0.000000000001', '0.000000000003');
    fc.assert(
      fc.property(withoutFee, fc.constantFrom(...POLICIES), funds, waveNeeds, (people, allocation, fund, needs) => {
        const policy = { allocation, severity: { kind: 'FULL' }, settlementPrice: 'MARK' } as const;
        const terms = (mark: Price) => ({ policy, references: onlyMark(mark), given: new Map(), fundAvailable: money(decimal(fund)) });
        const atMark = needs.map((each) => ({ ...each, priceFactor: '1' }));
        for (const { plan } of plannedWave(people, terms, atMark)) {
          expect(plan.fundCost.lte(fund)).toBe(true);
          if (plan.outcome === 'COVERED') expect(plan.residualQuantity.lt(people.market.lotSize)).toBe(true);
          if (plan.outcome === 'LIMITED_BY_FUND' && plan.transfers.length > 0) cut += 1;
        }
      }),
      { ...propertyRuns(), examples: [[SEVERAL_QUANTA, 'QUEUE', '0', [{ part: 26, priceFactor: '1' }]]] },
    );
    expect(cut).toBeGreaterThan(0);
  });
});
