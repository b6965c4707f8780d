import { POOL_MARKETS_MAX } from '#core/account/change-pool.ts';
import { crossPoolId, dueGuards, isolatedPoolId, type Pool } from '#core/account/pool.ts';
import { byMarketThenSide, type Position } from '#core/account/position.ts';
import { present } from '#core/invariant.ts';
import type { MarketState, MarkObservation } from '#core/market/market-state.ts';
import { entryValueAt } from '#core/market/valuation.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { ok, type Result, refused } from '#core/result.ts';
import { bookTiers, marketTiers } from '#rule-sets/market-tiers.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput } from './bad-input.ts';
import type { Book, BookAccount, BookMarket, BookPosition } from './parse-book.ts';

export interface MissingTiers {
  readonly marketId: string;
  readonly marketIndex: number;
}

/** What a pool is before the engine has looked at it. */
export const initialPool: Omit<Pool, 'poolId' | 'accountId' | 'marginMode' | 'settlementAsset' | 'tags' | 'balance' | 'positions'> = {
  guards: [],
  caseId: null,
  caseCount: 0,
  deferredSince: null,
  lastReduction: null,
  version: 1,
  lastWriter: 'VENUE',
};

type Terms = ReadonlyMap<string, BookMarket>;

const positionOf = (given: BookPosition, markets: Terms): Position => {
  const { marketId, side, quantity, entryPrice } = given;
  const terms = present(markets.get(marketId), 'a position is in a market of the book');
  return { marketId, side, quantity, entryValue: entryValueAt(terms, given, entryPrice) };
};

const settlementAssetOf = (given: BookPosition, markets: Terms): string => markets.get(given.marketId)?.settlementAsset ?? '';

const isolatedPools = (account: BookAccount, markets: Terms): Pool[] =>
  account.positions.flatMap((given) =>
    given.isolatedMargin === null
      ? []
      : [
          {
            ...initialPool,
            poolId: isolatedPoolId(account.accountId, given.marketId, given.side),
            accountId: account.accountId,
            marginMode: 'ISOLATED',
            settlementAsset: settlementAssetOf(given, markets),
            tags: account.tags,
            balance: given.isolatedMargin,
            positions: [positionOf(given, markets)],
          },
        ],
  );

const crossPools = (account: BookAccount, markets: Terms): Pool[] =>
  [...account.walletBalances].map(([asset, balance]) => ({
    ...initialPool,
    poolId: crossPoolId(account.accountId, asset),
    accountId: account.accountId,
    marginMode: 'CROSS',
    settlementAsset: asset,
    tags: account.tags,
    balance,
    positions: account.positions
      .filter((given) => given.isolatedMargin === null && settlementAssetOf(given, markets) === asset)
      .map((given) => positionOf(given, markets))
      .sort(byMarketThenSide),
  }));

/**
 * The pools of a book, by `poolId`: one per wallet balance (with the cross positions that settle in its asset) and one per isolated position.
 * All start due: nothing is known of them yet.
 */
export const poolsOf = (book: Book): readonly Pool[] => {
  const markets: Terms = new Map(book.markets.map((market) => [market.marketId, market]));
  return book.accounts
    .flatMap((account) => [...crossPools(account, markets), ...isolatedPools(account, markets)])
    .map((pool) => ({ ...pool, guards: dueGuards(pool) }))
    .sort((a, b) => byCodeUnits(a.poolId, b.poolId));
};

/** The cross position that takes a pool of the account beyond the markets that it may hold; null where none does. */
const beyondMarkets = (account: BookAccount, markets: Terms): number | null => {
  const held = new Map<string, Set<string>>();
  for (const [index, given] of account.positions.entries()) {
    if (given.isolatedMargin !== null) continue;
    const asset = settlementAssetOf(given, markets);
    const ofPool = (held.get(asset) ?? new Set()).add(given.marketId);
    held.set(asset, ofPool);
    if (ofPool.size > POOL_MARKETS_MAX) return index;
  }
  return null;
};

/**
 * The pools of a book's file that is replayed: opening a case writes an order and a throttle for each market of its pool in one transaction.
 * Throws `BadInput` for the first cross position beyond the markets that a pool may hold.
 */
export const poolsIn = (file: string, book: Book): readonly Pool[] => {
  const markets: Terms = new Map(book.markets.map((market) => [market.marketId, market]));
  for (const [accountIndex, account] of book.accounts.entries()) {
    const index = beyondMarkets(account, markets);
    if (index === null) continue;
    const message = `a cross pool that is replayed holds at most \`${POOL_MARKETS_MAX}\` markets, and account \`${account.accountId}\` holds more`;
    throw new BadInput({ file, line: null, path: `$.accounts[${accountIndex}].positions[${index}]`, message });
  }
  return poolsOf(book);
};

/** The book's mark as an observation, for commands that judge the book as it stands. */
export const bookMark = (book: Book, market: BookMarket): MarkObservation => ({
  marketId: market.marketId,
  sequence: 0,
  markPrice: market.markPrice,
  indexPrice: market.indexPrice,
  observedAt: book.asOf,
  ...(market.openInterest === null ? {} : { openInterest: market.openInterest }),
});

/**
 * Market states with their terms: tiers from the book, else from the rule set by market id, else its `*` table. No mark is accepted yet.
 * Refuses the first market that has no tiers anywhere.
 */
export const marketsOf = (book: Book, ruleSet: RuleSet): Result<readonly MarketState[], MissingTiers> => {
  const states: MarketState[] = [];
  for (const [marketIndex, market] of book.markets.entries()) {
    const { marketId, marginTiers } = market;
    const table =
      marginTiers === null ? marketTiers(ruleSet.tiers, marketId) : bookTiers(ruleSet.tiers, marketId, market.tierForm, marginTiers);
    if (table === null) return refused({ marketId, marketIndex });
    const { contract, multiplier, settlementAsset, tickSize, lotSize, takerFeeRate } = market;
    states.push({
      terms: { marketId, contract, multiplier, settlementAsset, tickSize, lotSize, takerFeeRate, tierTable: table },
      accepted: null,
      previousMark: null,
      pending: null,
      sequenceSeen: 0,
      watchedSequence: 0,
      status: 'ACTIVE',
      resumedAt: null,
      average: null,
      security: null,
      stopped: [],
      version: 1,
      lastWriter: 'VENUE',
    });
  }
  return ok(states);
};

/** The market states of a book's file. Throws `BadInput` for the first market that has tiers neither in the book nor in the rule set. */
export const marketsIn = (file: string, book: Book, ruleSet: RuleSet): readonly MarketState[] => {
  const markets = marketsOf(book, ruleSet);
  if (markets.ok) return markets.value;
  const { marketId, marketIndex } = markets.refusal;
  const { id, version } = ruleSet.reference;
  const message = `expected tiers for market \`${marketId}\`: neither the book nor rule set \`${id}@${version}\` has any`;
  throw new BadInput({ file, line: null, path: `$.markets[${marketIndex}].marginTiers`, message });
};
