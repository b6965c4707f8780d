import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import type { Write } from '#core/commit.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { sideSign } from '#core/market/side.ts';
import { valueSign } from '#core/market/valuation.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';

/** Sums by account, or by account and market. */
export type Sums = Map<string, Decimal>;

export const addTo = (sums: Sums, key: string, amount: Decimal): void => {
  sums.set(key, (sums.get(key) ?? ZERO).plus(amount));
};

/** Markets by id, for the kinds of their contracts. */
export type KnownMarkets = ReadonlyMap<string, Pick<MarketState, 'terms'>>;

/**
 * balance − Σ v·entryValue: what the pool is worth if all it holds were closed for nothing. Settlement asset. Nothing is ever booked in a market that is
 * not known, so that there the sign is of no account.
 */
export const ledgerValue = (pool: Pool, markets: KnownMarkets): Decimal =>
  pool.positions.reduce<Decimal>((value, { marketId, side, entryValue }) => {
    const contract = markets.get(marketId)?.terms.contract ?? 'LINEAR';
    return value.minus(valueSign(contract, side).times(entryValue));
  }, pool.balance);

/** Adds the pool's signed quantities by market, times `sign`. */
export const addQuantities = (sums: Sums, pool: Pool, sign: 1 | -1): void => {
  for (const { marketId, side, quantity } of pool.positions) addTo(sums, marketId, sideSign(side).times(quantity).times(sign));
};

export const entriesOf = (writes: readonly Write[]): readonly JournalEntry[] =>
  writes.flatMap((write) => (write.table === 'Journal' ? [write.entry] : []));

/** Keys with a sum that is not zero. */
export const nonZero = (sums: Sums): readonly string[] => [...sums].flatMap(([key, amount]) => (amount.isZero() ? [] : [key]));
