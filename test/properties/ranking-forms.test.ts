import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { scoreOf } from '#core/adl/ranking/factor-score.ts';
import { profitFactorOf } from '#core/adl/ranking/profit-factor.ts';
import { riskFactorOf } from '#core/adl/ranking/risk-factor.ts';
import { present } from '#core/invariant.ts';
import { decimal } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { PROFIT_FACTORS, RISK_FACTORS } from '#rule-sets/ranking-factors.ts';
import { type Fraction, fraction } from '../reference/fraction.ts';
import { factorOf, pnlOf, type ReferenceHolder, scoreOfForm } from '../reference/ranking-forms.ts';
import { expectClosely } from '../support/compare.ts';
import { scaledText } from '../support/decimal-text.ts';
import { propertyRuns } from '../support/property-runs.ts';
import {
  coreForm,
  coreHolders,
  formCase,
  type RankingCrowd,
  rankedBy,
  rankingCrowd,
  referenceForm,
  referenceHolders,
} from '../support/ranking-crowd.ts';

describe('every factor', () => {
  it('of profit is the twin, and undefined where the twin is', () => {
    fc.assert(
      fc.property(rankingCrowd, fc.constantFrom(...PROFIT_FACTORS), fc.constantFrom(null, '1', '50'), (crowd, factor, floor) => {
        const walletFloor = floor === null ? null : money(decimal(floor));
        const twins = referenceHolders(crowd).map((each) => factorOf(each, factor, floor === null ? null : fraction(floor)));
        for (const [at, each] of coreHolders(crowd).entries()) {
          expectClosely(profitFactorOf(each, { factor, walletFloor }), twins[at] ?? null, `${factor} of ${at}`);
        }
      }),
      propertyRuns(),
    );
  });

  it('of risk is the twin, and undefined where the twin is', () => {
    fc.assert(
      fc.property(rankingCrowd, fc.constantFrom(...RISK_FACTORS), (crowd, factor) => {
        const twins = referenceHolders(crowd).map((each) => factorOf(each, factor));
        for (const [at, each] of coreHolders(crowd).entries())
          expectClosely(riskFactorOf(each, factor), twins[at] ?? null, `${factor} of ${at}`);
      }),
      propertyRuns(),
    );
  });
});

describe('a ranking by factors', () => {
  it('is the twin: which score, who is eligible, in which order', () => {
    fc.assert(
      fc.property(rankingCrowd, formCase, (crowd, form) => {
        const core = rankCounterparties(coreHolders(crowd), rankedBy(coreForm(form)));
        const twins = new Map<string, { readonly holder: ReferenceHolder; readonly score: Fraction | null }>(
          referenceHolders(crowd).map((holder) => [holder.poolId, { holder, score: scoreOfForm(holder, referenceForm(form)) }]),
        );
        for (const each of core) expectClosely(each.score, twins.get(each.poolId)?.score ?? null, `score of ${each.poolId}`);
        const expected = [...twins.values()]
          .filter(({ holder, score }) => {
            const isSolvent = factorOf(holder, 'effectiveLeverage') !== null;
            return isSolvent && score !== null && (form.losers !== 'EXCLUDE' || pnlOf(holder).sign() > 0);
          })
          .toSorted((a, b) => (b.score?.comparedTo(a.score ?? fraction('0')) ?? 0) || (a.holder.poolId < b.holder.poolId ? -1 : 1))
          .map(({ holder }) => holder.poolId);
        expect(core.filter((each) => each.eligible).map((each) => each.poolId)).toEqual(expected);
      }),
      propertyRuns(),
    );
  });

  it('does not change when every amount and every contract is ten times as large, but where a wallet floor or a tier says so', () => {
    fc.assert(
      fc.property(rankingCrowd, formCase, (crowd, form) => {
        const flat = { ...crowd.market, tiers: crowd.market.tiers.slice(0, 1).map((tier) => ({ ...tier, notionalCap: null })) };
        const small: RankingCrowd = { ...crowd, market: flat };
        const large: RankingCrowd = {
          ...small,
          holders: crowd.holders.map((each) => ({
            ...each,
            lots: each.lots * 10,
            hedgeLots: each.hedgeLots * 10,
            otherLots: each.otherLots * 10,
          })),
        };
        // Amounts at rest have 12 places: a crowd whose values fill them all is not the same crowd ten times as large.
        fc.pre(small.market.contract === 'LINEAR');
        const policy = rankedBy({ ...coreForm(form), profit: { ...coreForm(form).profit, walletFloor: null } });
        const order = (some: RankingCrowd) => rankCounterparties(coreHolders(some), policy).map((each) => [each.poolId, each.eligible]);
        expect(order(large)).toEqual(order(small));
      }),
      propertyRuns(),
    );
  });

  it('puts whoever gains more at the same margin no later, for every profit factor with a positive weight, of a LONG', () => {
    const gains = fc.tuple(fc.integer({ min: 300, max: 999 }), fc.integer({ min: 1, max: 200 }));
    const form = formCase.filter(({ profit }) => profit.weight > 0 && profit.factor !== 'pnlOverWallet');
    fc.assert(
      fc.property(rankingCrowd, form, gains, (crowd, { profit }, [entry, further]) => {
        const [first] = crowd.holders;
        if (first === undefined) return;
        const linear = { ...crowd.market, contract: 'LINEAR' as const };
        const holders = [entry, entry - further].map((mantissa, at) => ({
          ...first,
          accountId: `a${at}`,
          balanceFactor: '1',
          entryFactor: scaledText(BigInt(mantissa), 3),
        }));
        const [less, more] = coreHolders({ market: linear, side: 'LONG', holders });
        if (less === undefined || more === undefined) return;
        const policy = coreForm({ profit, factors: [], losers: 'EXCLUDE' });
        const [lower, higher] = [less, more].map((each) => present(scoreOf(each, policy), 'a winner has a score'));
        expect(higher?.gte(present(lower, 'two holders have two scores'))).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
