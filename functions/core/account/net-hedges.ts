import { type Decimal, smaller } from '../units/decimal.ts';
import { type Money, money, quantity } from '../units/money.ts';
import { shareOf } from '../units/rounding.ts';
import { closePosition } from './close-position.ts';
import { marketIdsOf, type Pool, positionIn } from './pool.ts';

const netMarket = (pool: Pool, marketId: string): Pool => {
  const long = positionIn(pool, marketId, 'LONG');
  const short = positionIn(pool, marketId, 'SHORT');
  if (long === undefined || short === undefined) return pool;
  const netted = quantity(smaller(long.quantity, short.quantity));
  // Both sides close against each other at the mark, so the price cancels: the pool realizes what the short was sold for minus what the long cost.
  const shortValue = shareOf(short.entryValue, netted, short.quantity);
  const longClosed = closePosition(pool, marketId, 'LONG', netted, shortValue).pool;
  return closePosition(longClosed, marketId, 'SHORT', netted, negated(shortValue)).pool;
};

const negated = (value: Decimal): Money => money(value.negated());

/**
 * Nets both sides of each market of a hedge-mode pool against each other at the mark, before any order is sent.
 *
 * balance += entryValue(SHORT part) − entryValue(LONG part); margin balance and Σ signed quantity stay exactly what they were.
 * Total: a pool without a hedged market comes back unchanged.
 */
export const netHedges = (pool: Pool): Pool => marketIdsOf(pool).reduce(netMarket, pool);
