import { expect, it } from 'vitest';
import { appliedTo } from '#core/adl/applied-deleveraging.ts';
import { decideDeleveraging } from '#core/adl/decide-deleveraging.ts';
import { onlyMark } from '#core/adl/deleveraging-price.ts';
import { rankCounterparties } from '#core/adl/rank-counterparties.ts';
import { residualAtPrice } from '#core/adl/settlement-price.ts';
import { decimal, ZERO } from '#core/units/decimal.ts';
import { money, price, quantity } from '#core/units/money.ts';
import { deleveragingSchema } from '#rule-sets/deleveraging-schema.ts';
import { VENUE_RANKINGS } from '../reference/venue-rankings.ts';
import { assessed } from '../support/assessed.ts';
import { coreMarkets, type MarketCase } from '../support/pool-case.ts';
import { shipped } from '../support/shipped-deleveraging.ts';
import { textTable } from '../support/text-table.ts';

const MARKET: MarketCase = {
  marketId: 'BTC-USDT',
  multiplier: '1',
  markPrice: '42000',
  takerFeeRate: '0.0005',
  tickSize: '1',
  lotSize: '0.001',
  form: 'DEDUCTION',
  tiers: [{ notionalFloor: '0', notionalCap: null, maintenanceMarginRate: '0.01', maintenanceAmount: null }],
};

/**
 * WhiteBIT, auto-deleveraging, worked example, read 2026-11-22: a short of 10 BTC, last 42,000, margin fraction 0.02, fee 0.0005; three longs of which the page
 * prints ratings and sizes. Entries and balances are ours, such that UPnL / equity is the rating; so is C's size.
 */
const LONGS = textTable(
  'account | quantity | entryValue | balance | rating',
  `
  C | 1 | 43000  | 21000 | -0.05
  A | 5 | 197000 | 37000 | 0.26
  B | 8 | 329320 | 33320 | 0.167
  `,
);

it('V6 closes A’s 5 and 5 of B’s 8 at 42,798; C is never asked, and 3 of B’s stay', () => {
  const policy = deleveragingSchema.parse({
    ...shipped(),
    ...VENUE_RANKINGS.WhiteBIT,
    settlementPrice: { kind: 'LAST_DISTANCE', marginFraction: '0.02' },
  });
  const longs = LONGS.map(({ account, quantity: held, entryValue, balance }) => {
    const positions = [{ marketId: 'BTC-USDT', side: 'LONG', quantity: held, entryValue }] as const;
    const assessment = assessed({ collateral: balance, markets: [MARKET], positions }, account);
    const [position] = assessment.positions;
    if (position === undefined) throw new RangeError('every account of the example holds a long');
    return { assessment, assessed: position, inLiquidation: false };
  });
  const ranking = rankCounterparties(longs, policy);
  const ratings = ranking.map(({ accountId, score }) => `${accountId} ${score?.toFixed()}`);
  expect(ratings).toEqual(['A 0.26', 'B 0.167', 'C -0.05']);
  const market = coreMarkets({ collateral: '0', markets: [MARKET], positions: [] }).get('BTC-USDT');
  if (market === undefined) throw new RangeError('the example has a market');
  // The page names no bankruptcy price; at the settlement price the fund has nothing to bear.
  const residual = residualAtPrice(market.terms, 'SHORT', quantity(decimal('10')), price(decimal('42798')));
  const terms = {
    policy: appliedTo(policy, 'ISOLATED'),
    references: onlyMark(market.markPrice),
    given: new Map(),
    fundAvailable: money(ZERO),
  };
  const plan = decideDeleveraging({ residual, markPrice: market.markPrice, ranking, remaining: new Map(), terms });
  expect(plan.settlementPrice.toFixed()).toBe('42798');
  expect(plan.transfers.map((each) => [each.accountId, each.quantity.toFixed()])).toEqual([
    ['A', '5'],
    ['B', '5'],
  ]);
  expect([plan.residualQuantity.toFixed(), plan.outcome]).toEqual(['0', 'COVERED']);
});
