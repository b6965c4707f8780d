import { type Pool, positionIn } from '../account/pool.ts';
import type { Position } from '../account/position.ts';
import type { OpeningPolicy } from '../market/containment-policy.ts';
import { type MarkedMarket, type MarkedMarkets, markedMarkets } from '../market/marked-market.ts';
import type { MarketState } from '../market/market-state.ts';
import { valueAt } from '../market/valuation.ts';
import { type Decimal, larger, sum, ZERO } from '../units/decimal.ts';
import { type Money, money, quantity } from '../units/money.ts';
import { assessMargin, type MarginAssessment } from './assess-margin.ts';
import { initialMarginBalance, type OpeningRefusal, type OpeningRequest, openingRefusal, withdrawable } from './opening-check.ts';
import { positionInitialMargin } from './position-margin.ts';

/** A trade that an account asks for, and the books around it. */
export interface AskedTrade {
  readonly before: Pool;
  /** The same pool as the trade would leave it. */
  readonly after: Pool;
  /** Other pools of the account that hold the markets of the trade. */
  readonly others: readonly Pool[];
  /** The markets that the pool holds after it. */
  readonly markets: readonly MarketState[];
}

/** NOT_TOLD: the law asks about something that the books do not hold: a mark, the open interest of a market, the leverage of a tier. */
export type TradeRefusal = OpeningRefusal | 'NOT_TOLD';

const growthOf = ({ before }: AskedTrade, { marketId, side, quantity: held }: Position): Decimal =>
  held.minus(positionIn(before, marketId, side)?.quantity ?? ZERO);

/** The markets as the trade would leave them: open interest grows by what the pool's position grows by, as if nobody closed on the other side of it. */
const marketsAfter = (asked: AskedTrade): MarkedMarkets =>
  new Map(
    [...markedMarkets(asked.markets)].map(([marketId, market]): readonly [string, MarkedMarket] => {
      const { openInterest } = market;
      if (openInterest === undefined) return [marketId, market];
      const grown = asked.after.positions.filter((each) => each.marketId === marketId).map((each) => growthOf(asked, each));
      return [marketId, { ...market, openInterest: quantity(openInterest.plus(grown.reduce(larger, ZERO))) }];
    }),
  );

/** Σ initial margins of a pool's positions; null where one of them cannot be told. Settlement asset. */
const initialMarginOf = ({ positions }: MarginAssessment): Money | null => {
  const each = positions.map(positionInitialMargin);
  const told = each.filter((margin) => margin !== null);
  return told.length === each.length ? money(sum(told)) : null;
};

/** Contracts open after the trade; null where the law asks for them and nobody told. Where it does not ask, nothing depends on them. */
const openContracts = ({ openInterest }: MarkedMarket, { openInterestCap, positionShare }: OpeningPolicy): Decimal | null =>
  openInterest ?? (openInterestCap === null && positionShare === null ? ZERO : null);

const requestOf = (
  { after, others, markets }: AskedTrade,
  { marketId, side }: Position,
  market: MarkedMarket,
  policy: OpeningPolicy,
): Pick<OpeningRequest, 'status' | 'band' | 'openInterestAfter' | 'accountValueAfter'> | null => {
  const state = markets.find(({ terms }) => terms.marketId === marketId);
  const open = openContracts(market, policy);
  if (state === undefined || open === null) return null;
  const held = sum([after, ...others].map((pool) => positionIn(pool, marketId, side)?.quantity ?? ZERO));
  const value = (contracts: Decimal): Money => valueAt(market.terms, quantity(contracts), market.markPrice);
  const band = state.security?.band ?? 'GREEN';
  return { status: state.status, band, openInterestAfter: value(open), accountValueAfter: value(held) };
};

/**
 * Why a trade may not be booked under a law, from what the books hold: NOT_TOLD, else what `openingRefusal` says of the first position that it opens or makes
 * larger, in the order of the pool; null when it may. A trade that only closes or reduces is never asked.
 *
 * Open interest is what the venue told with the accepted mark, and what the position grows by on top; the account's value counts all its pools; initial margin
 * is Σ over the pool's positions at that open interest. Settlement asset, at the accepted marks. Sources: see `openingRefusal`, `initialMargin`.
 */
export const tradeRefusal = (asked: AskedTrade, policy: OpeningPolicy): TradeRefusal | null => {
  const grown = asked.after.positions.filter((position) => growthOf(asked, position).gt(0));
  if (grown.length === 0) return null;
  const marked = marketsAfter(asked);
  const assessed = assessMargin(asked.after, marked);
  const initialMarginAfter = assessed.ok ? initialMarginOf(assessed.value) : null;
  if (!assessed.ok || initialMarginAfter === null) return 'NOT_TOLD';
  const margin = { initialMarginAfter, initialMarginBalance: initialMarginBalance(assessed.value, policy.unrealizedProfitCap) };
  for (const position of grown) {
    const market = marked.get(position.marketId);
    const request = market === undefined ? null : requestOf(asked, position, market, policy);
    const refusal = request === null ? 'NOT_TOLD' : openingRefusal({ ...request, ...margin }, policy);
    if (refusal !== null) return refusal;
  }
  return null;
};

/**
 * What an account may withdraw of a pool at the accepted marks, see `withdrawable`; null where its initial margin cannot be told. Profit counts up to the
 * law's cap, or all of it where the law has none. Settlement asset.
 */
export const withdrawableAt = (pool: Pool, markets: readonly MarketState[], policy: OpeningPolicy | null): Money | null => {
  const assessed = assessMargin(pool, markedMarkets(markets));
  const required = assessed.ok ? initialMarginOf(assessed.value) : null;
  return assessed.ok && required !== null ? withdrawable(assessed.value, required, policy?.unrealizedProfitCap ?? null) : null;
};
