import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowPeak } from '#core/insurance/drawdown.ts';
import { fundAvailable, isDeleveraging } from '#core/insurance/fund-limits.ts';
import { drawReserved, type FundState, fundAt, reserve } from '#core/insurance/fund-state.ts';
import { closeCost, planClose } from '#core/insurance/plan-orders.ts';
import { isTriggered } from '#core/insurance/settle-outcome.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money, price, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import { fraction } from '../reference/fraction.ts';
import { isSpent } from '../reference/fund.ts';
import { exactly } from '../support/compare.ts';
import { legWith } from '../support/core-cases.ts';
import { fundOf, termsOf } from '../support/core-states.ts';
import { coreDrawdownPolicy, drawdownTerms, twinDrawdownPolicy } from '../support/drawdown-terms.ts';
import { propertyRuns } from '../support/property-runs.ts';

const NOW = epochMs(0);
const ZERO_MONEY: Money = money(decimal('0'));

/** A fund that peaked at 1,000, and a long that was bankrupt at 95, sold in lots at a mark; amounts in tenths, so that nothing is rounded. */
const wanted = fc.record({
  balance: fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(7000, 5000, 7001, 7009)),
  floor: fc.constantFrom('0', '100', '690', '2000'),
  terms: fc.option(drawdownTerms.map((each) => ({ ...each, trigger: '0.3' }))),
  contracts: fc.integer({ min: 1, max: 500 }),
  lot: fc.constantFrom('0.1', '1', '7', '40'),
  mark: fc.integer({ min: 10, max: 1000 }),
});

const tenths = (count: number): string => decimal(String(count)).div(10).toFixed();

const groundOf = ({ balance, floor, terms, contracts, lot, mark }: typeof wanted extends fc.Arbitrary<infer T> ? T : never) => {
  const peaked = fundOf('1000', { floor });
  const policy = { ...peaked.policy, drawdown: terms === null ? null : coreDrawdownPolicy(terms) };
  const before = fundAt({ ...peaked, policy }, NOW);
  const fund: FundState = fundAt({ ...before, balance: money(decimal(tenths(balance))) }, NOW);
  const market = { terms: termsOf('AAA', { lotSize: quantity(decimal(lot)) }), markPrice: price(decimal(tenths(mark))) };
  return { fund, market, leg: legWith(tenths(contracts)) };
};

it('counterparties are asked where the twin says that the fund pays for no more', () => {
  fc.assert(
    fc.property(wanted, (each) => {
      const { fund, market, leg } = groundOf(each);
      const twin = {
        balance: exactly(fund.balance),
        floor: fraction(each.floor),
        peak: exactly(windowPeak(fund.drawdown)),
        drawdown: each.terms === null ? null : twinDrawdownPolicy(each.terms),
        drawdownModeIsOn: isDeleveraging(fund, 'AAA'),
        drawCapPerMarket: null,
        drawCapPerInterval: null,
        uses: [],
      };
      const costPerContract = fraction('95').minus(exactly(market.markPrice));
      const demand = { costPerContract, contracts: exactly(leg.residualQuantity), lot: fraction(each.lot) };
      expect(isTriggered('FUND_DRAWDOWN', { leg, market, fund, fundAfter: fund })).toBe(isSpent(twin, demand));
    }),
    propertyRuns(),
  );
});

it('what a market that takes every order leaves is never offered to it again: the fund is at a line, or within a lot of it', () => {
  fc.assert(
    fc.property(wanted, (each) => {
      const { fund, market, leg } = groundOf(each);
      const planned = planClose(leg, market, fundAvailable(fund, 'AAA'));
      const paid = planned?.reserved ?? ZERO_MONEY;
      const asked = reserve(fund, 'AAA', paid, closeCost(leg, market));
      const rest = decimal(leg.residualQuantity.minus(planned?.quantity ?? ZERO_MONEY).toFixed());
      fc.pre(rest.gt(0));
      const left = legWith(rest.toFixed());
      const fundAfter = drawReserved(asked, 'AAA', paid, paid, NOW);
      expect(isTriggered('FUND_DRAWDOWN', { leg: left, market, fund: fundAt(asked, NOW), fundAfter })).toBe(true);
    }),
    propertyRuns(),
  );
});
