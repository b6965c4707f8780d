import { present } from '../invariant.ts';
import type { MarkedMarkets } from '../market/marked-market.ts';
import { valueSign } from '../market/valuation.ts';
import { type Decimal, smaller } from '../units/decimal.ts';
import { type Money, money, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { closePosition } from './close-position.ts';
import { marketIdsOf, type Pool, positionIn } from './pool.ts';

const netMarket = (pool: Pool, marketId: string, markets: MarkedMarkets): Pool => {
  const long = positionIn(pool, marketId, 'LONG');
  const short = positionIn(pool, marketId, 'SHORT');
  if (long === undefined || short === undefined) return pool;
  const { terms } = present(markets.get(marketId), `hedged market ${marketId} has its terms`);
  const netted = quantity(smaller(long.quantity, short.quantity));
  // Both sides close against each other at the mark, so the price cancels: the SHORT closes at its entry value, and what it gives the LONG receives.
  const shortValue = valueSign(terms.contract, 'SHORT').times(shareOf(short.entryValue, netted, short.quantity));
  const longClosed = closePosition(pool, terms, 'LONG', netted, negated(shortValue)).pool;
  return closePosition(longClosed, terms, 'SHORT', netted, money(shortValue)).pool;
};

const negated = (value: Decimal): Money => money(value.negated());

/**
 * Nets both sides of each market of a hedge-mode pool against each other at the mark, before any order is sent.
 *
 * balance += entryValue(SHORT part) − entryValue(LONG part) (LINEAR; INVERSE with the sign turned); margin balance and Σ signed quantity stay exactly what
 * they were. A pool without a hedged market comes back unchanged. Expects the terms of every hedged market in `markets`.
 */
export const netHedges = (pool: Pool, markets: MarkedMarkets): Pool =>
  marketIdsOf(pool).reduce((netted, marketId) => netMarket(netted, marketId, markets), pool);
