import { marketIdsOf } from '#core/account/pool.ts';
import type { SecurityInput } from '#core/insurance/security-to-value.ts';
import { markedMarkets } from '#core/market/marked-market.ts';
import { ZERO } from '#core/units/decimal.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';

type Source = Pick<EnginePorts, 'loadMarket' | 'loadHolders' | 'loadFund'>;

/** Everyone who stands behind a market. Read only where a rule or a safeguard asks for it: it costs as much as the market has holders. */
export const loadSecurity = async (source: Source, marketId: string, fundIds: ReadonlyMap<string, string>): Promise<SecurityInput> => {
  const longs = await source.loadHolders(marketId, 'LONG');
  const shorts = await source.loadHolders(marketId, 'SHORT');
  const held = new Set([marketId, ...[...longs, ...shorts].flatMap(marketIdsOf)]);
  const markets = await Promise.all([...held].map(source.loadMarket));
  const fundId = fundIds.get(marketId);
  const fundBalance = fundId === undefined ? ZERO : (await source.loadFund(fundId)).balance;
  const marked = markedMarkets(markets.filter((market) => market !== null));
  return { marketId, marked, longs, shorts, fundBalance };
};
