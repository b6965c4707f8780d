import type { Pool } from '#core/account/pool.ts';
import { type Decimal, sum } from '#core/units/decimal.ts';

/**
 * What pools without positions are short of zero: sides that netted at a loss the margin did not cover, or a deleveraging price below what a counterparty
 * could bear. Nobody has paid it, so it is shown. Settlement asset of the pools.
 */
export const debtOf = (pools: readonly Pool[]): Decimal =>
  sum(pools.filter((pool) => pool.positions.length === 0 && pool.balance.lt(0)).map((pool) => pool.balance.negated()));
