import type { JournalEntry } from '#core/account/ledger.ts';
import type { Pool } from '#core/account/pool.ts';
import type { Write } from '#core/commit.ts';
import { sideSign } from '#core/market/side.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';

/** Sums by account, or by account and market. */
export type Sums = Map<string, Decimal>;

export const addTo = (sums: Sums, key: string, amount: Decimal): void => {
  sums.set(key, (sums.get(key) ?? ZERO).plus(amount));
};

/** balance − Σ s·entryValue: what the pool is worth if all it holds were closed for nothing. Settlement asset. */
export const ledgerValue = (pool: Pool): Decimal =>
  pool.positions.reduce<Decimal>((value, { side, entryValue }) => value.minus(sideSign(side).times(entryValue)), pool.balance);

/** Adds the pool's signed quantities by market, times `sign`. */
export const addQuantities = (sums: Sums, pool: Pool, sign: 1 | -1): void => {
  for (const { marketId, side, quantity } of pool.positions) addTo(sums, marketId, sideSign(side).times(quantity).times(sign));
};

export const entriesOf = (writes: readonly Write[]): readonly JournalEntry[] =>
  writes.flatMap((write) => (write.table === 'Journal' ? [write.entry] : []));

/** Keys with a sum that is not zero. */
export const nonZero = (sums: Sums): readonly string[] => [...sums].flatMap(([key, amount]) => (amount.isZero() ? [] : [key]));
