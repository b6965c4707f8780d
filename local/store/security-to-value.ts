import { heldPosition } from '#core/account/pool.ts';
import { assessMargin } from '#core/margin/assess-margin.ts';
import type { MarkedMarkets } from '#core/market/marked-market.ts';
import { valueAt } from '#core/market/valuation.ts';
import { type Decimal, larger, sum, ZERO } from '#core/units/decimal.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * Security behind a market: (Σ positive margin balances of the pools in it + balance of its fund) / open interest at the mark.
 * Open interest is the larger side's notional value. null without a mark or without open interest.
 */
export const securityToValue = (store: MemoryStore, marketId: string, fundIds: ReadonlyMap<string, string>): Decimal | null => {
  const market = store.tables.Markets.get(marketId);
  const mark = market?.accepted?.markPrice;
  if (market === undefined || mark === undefined) return null;
  const marked: MarkedMarkets = new Map(
    [...store.tables.Markets.values()].flatMap(({ terms, accepted }) =>
      accepted === null ? [] : [[terms.marketId, { terms, markPrice: accepted.markPrice }] as const],
    ),
  );
  const longs = store.holders(marketId, 'LONG');
  const shorts = store.holders(marketId, 'SHORT');
  const pools = new Map([...longs, ...shorts].map((pool) => [pool.poolId, pool]));
  const balances = [...pools.values()].map((pool) => {
    const assessed = assessMargin(pool, marked);
    return assessed.ok ? larger(ZERO, assessed.value.marginBalance) : ZERO;
  });
  const notional = (side: 'LONG' | 'SHORT', holders: typeof longs): Decimal =>
    sum(holders.map((pool) => valueAt(market.terms, heldPosition(pool, marketId, side).quantity, mark)));
  const openInterest = larger(notional('LONG', longs), notional('SHORT', shorts));
  const fund = store.tables.Funds.get(fundIds.get(marketId) ?? '');
  return openInterest.isZero() ? null : sum([...balances, fund?.balance ?? ZERO]).div(openInterest);
};
