import { securityToValue } from '#core/insurance/security-to-value.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { type Decimal, ZERO } from '#core/units/decimal.ts';
import type { MemoryStore } from './memory-store.ts';

/** Security behind a market, from everyone who holds it in the store. */
export const storedSecurityToValue = (store: MemoryStore, marketId: string, fundIds: ReadonlyMap<string, string>): Decimal | null =>
  securityToValue({
    marketId,
    marked: markedMarkets([...store.tables.Markets.values()]),
    longs: store.holders(marketId, 'LONG'),
    shorts: store.holders(marketId, 'SHORT'),
    fundBalance: store.tables.Funds.get(fundIds.get(marketId) ?? '')?.balance ?? ZERO,
  });
