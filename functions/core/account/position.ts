import type { Side } from '../market/side.ts';
import { byCodeUnits } from '../ordering.ts';
import type { Money, Quantity } from '../units/money.ts';

/** One side of one market in a pool. `quantity` unsigned, in contracts; `entryValue` what it was opened for, exact, in the settlement asset. */
export interface Position {
  readonly marketId: string;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly entryValue: Money;
}

/** Order of positions wherever they are listed: market id by code units, LONG before SHORT. */
export const byMarketThenSide = (
  a: { readonly marketId: string; readonly side: Side },
  b: { readonly marketId: string; readonly side: Side },
): number => byCodeUnits(a.marketId, b.marketId) || byCodeUnits(a.side, b.side);
