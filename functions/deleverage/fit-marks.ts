import { marketIdsOf, type Pool } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { markDefect } from '#core/market/mark-freshness.ts';
import type { MarkedMarket, MarkedMarkets } from '#core/market/marked-market.ts';
import type { Price } from '#core/units/money.ts';
import type { Wave } from '#core/wave.ts';
import type { DeleveragePorts } from './deleverage.ts';

/**
 * Marks to value pools at that stand in a market which is deleveraged. A mark that the law does not judge on counts as none, and so does one of a market
 * that the engine does not have: a pool with such a leg cannot be valued.
 */
export const fitMarks = async (
  ports: DeleveragePorts,
  wave: Wave,
  marketId: string,
  pools: readonly Pool[],
): Promise<ReadonlyMap<string, Price>> => {
  const marks = new Map<string, Price>();
  for (const each of new Set([marketId, ...pools.flatMap(marketIdsOf)])) {
    const market = await ports.loadMarket(each);
    if (market === null) continue;
    const isFit = each === marketId || markDefect([market], ports.ruleSet.safeguards, wave.at) === null;
    if (market.accepted !== null && isFit) marks.set(each, market.accepted.markPrice);
  }
  return marks;
};

/** The markets of marks, with their terms. */
export const markedAt = async (ports: DeleveragePorts, marks: ReadonlyMap<string, Price>): Promise<MarkedMarkets> => {
  const marked = new Map<string, MarkedMarket>();
  for (const [marketId, markPrice] of marks) {
    marked.set(marketId, { terms: present(await ports.loadMarket(marketId), `market ${marketId} exists`).terms, markPrice });
  }
  return marked;
};
