import type { SecurityInput } from '#core/insurance/security-to-value.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { ZERO } from '#core/units/decimal.ts';
import type { MemoryStore } from './memory-store.ts';

/** Everyone in the store who stands behind a market. */
export const storedSecurity = (store: MemoryStore, marketId: string, fundIds: ReadonlyMap<string, string>): SecurityInput => ({
  marketId,
  marked: markedMarkets([...store.tables.Markets.values()]),
  longs: store.holders(marketId, 'LONG'),
  shorts: store.holders(marketId, 'SHORT'),
  fundBalance: store.tables.Funds.get(fundIds.get(marketId) ?? '')?.balance ?? ZERO,
});
