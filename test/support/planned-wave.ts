import fc, { type Arbitrary } from 'fast-check';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { type DeleveragingPlan, givenAfter, type ResidualTerms, remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { settlementPriceOf } from '#core/adl/deleveraging-price.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { rankingFor } from '#core/adl/residual-eligibility.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { opposite } from '#core/market/side.ts';
import type { DeleveragingPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, type Price, price, type Quantity, quantity } from '#core/units/money.ts';
import { fraction, total } from '../reference/fraction.ts';
import { type Crowd, coreCounterparties, deleveragingPolicy } from './crowd.ts';
import { scaledText } from './decimal-text.ts';
import { coreMarkets } from './pool-case.ts';

/** A residual as a part of what the crowd holds, in thousandths, and its bankruptcy price as a part of the mark. */
export interface ResidualNeed {
  readonly part: number;
  readonly priceFactor: string;
}

export const residualNeed: Arbitrary<ResidualNeed> = fc.record({
  part: fc.integer({ min: 1, max: 1500 }),
  priceFactor: fc.constantFrom('0.9', '1', '1.1', '1.000001'),
});

export const waveNeeds: Arbitrary<readonly ResidualNeed[]> = fc.array(residualNeed, { minLength: 1, maxLength: 3 });

export interface Planned {
  readonly plan: DeleveragingPlan;
  readonly terms: ResidualTerms;
  readonly remaining: ReadonlyMap<string, Quantity>;
}

const WINNERS_FIRST = deleveragingPolicy({ pnlRatioWeight: 1, leverageWeight: 1, losers: 'EXCLUDE', tieBreak: ['accountId'] });

/** Residuals of one wave, one after the other, as the engine plans them: what was taken and given goes with them. */
export const plannedWave = (
  people: Crowd,
  termsOf: (mark: Price) => ResidualTerms,
  needs: readonly ResidualNeed[],
  policy: DeleveragingPolicy = WINNERS_FIRST,
): readonly Planned[] => {
  const ranked = rankCounterparties(coreCounterparties(people), policy);
  const market = coreMarkets({ collateral: '0', markets: [people.market], positions: [] }).get(people.market.marketId);
  if (market === undefined) throw new RangeError('the crowd stands in a market');
  const whole = total(people.members.map((each) => fraction(each.quantity)));
  let remaining: ReadonlyMap<string, Quantity> = new Map();
  let given: ReadonlyMap<string, Money> = new Map();
  return needs.map(({ part, priceFactor }) => {
    const open = whole.times(fraction(scaledText(BigInt(part), 3))).ceilTo(fraction(people.market.lotSize));
    const at = fraction(people.market.markPrice).times(fraction(priceFactor));
    const residual = residualAtPrice(
      market.terms,
      opposite(people.side),
      quantity(decimal(open.toDecimalString(12))),
      price(decimal(at.toDecimalString(20))),
    );
    const terms = { ...termsOf(market.markPrice), given };
    const bankrupt = { side: residual.side, bankruptcyPrice: residual.price, takerFeeRate: market.terms.takerFeeRate };
    const settlementPrice = settlementPriceOf(terms.policy.settlementPrice, bankrupt, terms.references);
    const ranking = rankingFor(ranked, policy, { accountId: null, tags: [], settlementPrice });
    const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining, terms });
    const planned = { plan, terms, remaining };
    remaining = remainingAfter(plan, remaining);
    given = givenAfter(plan, given);
    return planned;
  });
};
