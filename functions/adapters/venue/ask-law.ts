import { changedPool, type PoolChange } from '#core/account/change-pool.ts';
import { crossPoolId, isolatedPoolId, marketIdsOf, type Pool } from '#core/account/pool.ts';
import { type TradeRefusal, tradeRefusal, withdrawableAt } from '#core/margin/ask-trade.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { Money } from '#core/units/money.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { marketItem } from '../dynamodb/market-item.ts';
import { getItem } from '../dynamodb/read-items.ts';
import { activeLaw } from '../lambda/active-law.ts';
import { ruleSetStore } from '../lambda/rule-set-store.ts';
import { loadPool } from './change-pools.ts';
import { accepted } from './venue-input.ts';
import type { VenueTables } from './venue-tables.ts';

/** A trade before it is booked. */
export interface TradeQuestion {
  /** Whose active version is the law. */
  readonly ruleSetId: string;
  /** As it was loaded. */
  readonly pool: Pool;
  readonly change: Extract<PoolChange, { readonly kind: 'TRADE' }>;
}

/** A withdrawal before it is booked. */
export interface WithdrawalQuestion {
  /** Whose active version is the law. */
  readonly ruleSetId: string;
  /** As it was loaded. */
  readonly pool: Pool;
}

/** What a venue asks of the law and the tables before it books something. */
export interface LawQuestions {
  /**
   * Why the trade may not be booked; null when it may, and where the law asks nothing. Reads the law, the pool's markets and the account's other pools. Says
   * what holds now: what several trades that are asked for at once do together is the venue's to see to. Throws `VenueInputError` for what no pool may hold.
   */
  readonly askTrade: (question: TradeQuestion) => Promise<TradeRefusal | null>;
  /** What may be withdrawn of the pool; null where its initial margin cannot be told. Reads the law and the pool's markets. */
  readonly askWithdrawal: (question: WithdrawalQuestion) => Promise<Money | null>;
}

const loadMarkets = async ({ client, tables }: VenueTables, pool: Pool): Promise<readonly MarketState[]> => {
  const items = await Promise.all(marketIdsOf(pool).map((marketId) => getItem(client, tables.markets, { marketId })));
  return items.flatMap((item) => (item === null ? [] : [marketItem.decode(item).market]));
};

/** The other pools of the pool's owner that may hold the same positions: its cross pool, and the isolated one of each of them. */
const loadOthers = async (venue: VenueTables, { poolId, accountId, settlementAsset, positions }: Pool): Promise<readonly Pool[]> => {
  const isolated = positions.map(({ marketId, side }) => isolatedPoolId(accountId, marketId, side));
  const ids = [crossPoolId(accountId, settlementAsset), ...isolated].filter((id) => id !== poolId);
  const pools = await Promise.all(ids.map((id) => loadPool(venue, id)));
  return pools.filter((pool) => pool !== null);
};

/** The questions over the engine's tables. A law is read again when another version is active. */
export const lawQuestions = (venue: VenueTables): LawQuestions => {
  const store = ruleSetStore(venue.client, venue.tables);
  const laws = new Map<string, () => Promise<RuleSet>>();
  const openingOf = async (ruleSetId: string): Promise<RuleSet['safeguards']['opening']> => {
    const load = laws.get(ruleSetId) ?? activeLaw(store, ruleSetId);
    laws.set(ruleSetId, load);
    return (await load()).safeguards.opening;
  };
  return {
    askTrade: async ({ ruleSetId, pool, change }) => {
      const after = accepted(changedPool(pool, change));
      const policy = await openingOf(ruleSetId);
      if (policy === null) return null;
      const [markets, others] = await Promise.all([loadMarkets(venue, after), loadOthers(venue, after)]);
      return tradeRefusal({ before: pool, after, others, markets }, policy);
    },
    askWithdrawal: async ({ ruleSetId, pool }) => {
      const policy = await openingOf(ruleSetId);
      return withdrawableAt(pool, await loadMarkets(venue, pool), policy);
    },
  };
};
