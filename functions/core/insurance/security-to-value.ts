import { heldPosition, type Pool } from '../account/pool.ts';
import { assessMargin } from '../margin/assess-margin.ts';
import type { MarkedMarkets } from '../market/marked-market.ts';
import type { Side } from '../market/side.ts';
import { valueAt } from '../market/valuation.ts';
import { type Decimal, larger, sum, ZERO } from '../units/decimal.ts';

export interface SecurityInput {
  readonly marketId: string;
  /** Every market that the holders hold, as far as it has a mark. */
  readonly marked: MarkedMarkets;
  readonly longs: readonly Pool[];
  readonly shorts: readonly Pool[];
  /** Settlement asset. */
  readonly fundBalance: Decimal;
}

/**
 * Security behind a market: (Σ positive margin balances of the pools in it + balance of its fund) / open interest at the mark.
 * Open interest is the larger side's notional value. null without a mark or without open interest.
 */
export const securityToValue = ({ marketId, marked, longs, shorts, fundBalance }: SecurityInput): Decimal | null => {
  const market = marked.get(marketId);
  if (market === undefined) return null;
  const pools = new Map([...longs, ...shorts].map((pool) => [pool.poolId, pool]));
  const balances = [...pools.values()].map((pool) => {
    const assessed = assessMargin(pool, marked);
    return assessed.ok ? larger(ZERO, assessed.value.marginBalance) : ZERO;
  });
  const notional = (side: Side, holders: readonly Pool[]): Decimal =>
    sum(holders.map((pool) => valueAt(market.terms, heldPosition(pool, marketId, side).quantity, market.markPrice)));
  const openInterest = larger(notional('LONG', longs), notional('SHORT', shorts));
  return openInterest.isZero() ? null : sum([...balances, fundBalance]).div(openInterest);
};
