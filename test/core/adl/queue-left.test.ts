import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { fromFront, type QueueLeft, queueLeft, withinReach } from '#core/adl/queue-left.ts';
import { type RankedCounterparty, rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { rankingFor, reasonAgainstFor } from '#core/adl/residual-eligibility.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { present } from '#core/invariant.ts';
import { opposite } from '#core/market/side.ts';
import { decimal } from '#core/units/decimal.ts';
import { price, type Quantity, quantity } from '#core/units/money.ts';
import { type Crowd, coreCounterparties, crowd, deleveragingPolicy, EXCLUDE_NOBODY } from '../../support/crowd.ts';
import { coreMarkets } from '../../support/pool-case.ts';
import { propertyRuns } from '../../support/property-runs.ts';

const POLICY = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });

/** Residuals of a wave: how much, and which member's account is the bankrupt one (often none of them). */
const needs = fc.array(fc.record({ lots: fc.integer({ min: 1, max: 40 }), account: fc.integer({ min: 0, max: 20 }) }), {
  minLength: 1,
  maxLength: 6,
});

const residualOf = (people: Crowd, lots: number) => {
  const market = present(coreMarkets({ collateral: '0', markets: [people.market], positions: [] }).get('AAA'), 'AAA');
  // Half a lot more, so that lots cut and remainders stay at the front of the queue.
  const open = quantity(market.terms.lotSize.times(lots).plus(market.terms.lotSize.div(2)));
  return { market, residual: residualAtPrice(market.terms, opposite(people.side), open, price(market.markPrice.times(decimal('1.1')))) };
};

describe('a queue told by what its front has left', () => {
  it('gives every residual of a wave the plan that the whole queue would give it', () => {
    fc.assert(
      fc.property(crowd, needs, fc.boolean(), (people, wave, sparesInsolvent) => {
        const policy = { ...POLICY, exclude: { ...EXCLUDE_NOBODY, insolventAfter: sparesInsolvent } };
        const ranking = rankCounterparties(coreCounterparties(people), policy);
        let all: ReadonlyMap<string, Quantity> = new Map();
        let left: QueueLeft = new Map();
        let places: readonly RankedCounterparty[] = ranking;
        for (const { lots, account } of wave) {
          const accountId = people.members[account]?.accountId ?? 'nobody';
          const { market, residual } = residualOf(people, lots);
          const { markPrice } = market;
          const party = { accountId, tags: [], settlementPrice: residual.price };
          const whole = decideDeleveraging({ residual, markPrice, ranking: rankingFor(ranking, policy, party), remaining: all });
          const isBarred = (each: RankedCounterparty) => reasonAgainstFor(each, policy, party) !== null;
          const reached = rankingFor(withinReach(places, left, residual.quantity, isBarred), policy, party);
          const plan = decideDeleveraging({ residual, markPrice, ranking: reached, remaining: left });
          expect({ ...plan, ranking: null }).toEqual({ ...whole, ranking: null });
          all = remainingAfter(whole, all);
          left = queueLeft(places, left, remainingAfter(plan, left));
          places = fromFront(places, left);
        }
      }),
      propertyRuns(),
    );
  });

  it('names no more than what was touched and not used up, and the front', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 40 }), (people, lots) => {
        const ranking = rankCounterparties(coreCounterparties(people), POLICY);
        const { market, residual } = residualOf(people, lots);
        const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining: new Map() });
        const left = queueLeft(ranking, new Map(), remainingAfter(plan, new Map()));
        expect(left.size).toBeLessThanOrEqual(1);
      }),
      propertyRuns(),
    );
  });
});
