import { ok, type Result, refused } from '../result.ts';
import { sum } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { crossPoolId, dueGuards, isolatedPoolId, type Pool } from './pool.ts';
import { byMarketThenSide, type Position } from './position.ts';
import { memberBeyondVenueBounds, VENUE_BOUNDS } from './venue-bounds.ts';

/**
 * What the venue books on a pool. A trade is told by the balance and the positions after it: the venue's ledger knows its fees and what became real.
 * Amounts in the settlement asset, above zero.
 */
export type PoolChange =
  | { readonly kind: 'TRADE'; readonly balance: Money; readonly positions: readonly Position[] }
  | { readonly kind: 'DEPOSIT'; readonly amount: Money }
  | { readonly kind: 'WITHDRAWAL'; readonly amount: Money };

/** What the venue says about a pool that it opens; everything else of a pool is the engine's. */
export type NewPool = Pick<Pool, 'poolId' | 'accountId' | 'marginMode' | 'settlementAsset' | 'tags' | 'balance' | 'positions'>;

/** Markets that a pool of the venue may hold: a write of the pool puts a hint row for each of them and each position, in one transaction. */
export const POOL_MARKETS_MAX = 40;

const nameOf = ({ marketId, side }: Position): string => `${side} ${marketId}`;

/** Why the positions can be no pool's; null when they can. */
const positionsRefusal = (positions: readonly Position[]): string | null => {
  const names = positions.map(nameOf);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) return `position \`${twice}\` is there twice`;
  const empty = positions.find(({ quantity, entryValue }) => !quantity.gt(0) || entryValue.lt(0));
  if (empty !== undefined) return `position \`${nameOf(empty)}\` has a quantity above zero and an entry value that is not negative`;
  const marketCount = new Set(positions.map(({ marketId }) => marketId)).size;
  return marketCount > POOL_MARKETS_MAX ? `a pool holds at most \`${POOL_MARKETS_MAX}\` markets, not \`${marketCount}\`` : null;
};

/** Why the id does not belong to the pool's owner, mode and positions; null when it does. */
const idRefusal = ({ poolId, accountId, marginMode, settlementAsset, positions }: NewPool): string | null => {
  if (marginMode === 'CROSS') {
    const expected = crossPoolId(accountId, settlementAsset);
    return poolId === expected ? null : `the id of this cross pool is \`${expected}\`, not \`${poolId}\``;
  }
  const [mine] = positions;
  if (mine === undefined && poolId.startsWith(`${accountId}#ISOLATED#`)) return null;
  const isMine = positions.length === 1 && mine !== undefined && poolId === isolatedPoolId(accountId, mine.marketId, mine.side);
  return isMine ? null : `isolated pool \`${poolId}\` holds the one position that its id names`;
};

const boundsRefusal = (given: Pool): string | null => {
  const beyond = memberBeyondVenueBounds(given);
  return beyond === null ? null : `\`${beyond}\` of pool \`${given.poolId}\` is ${VENUE_BOUNDS}`;
};

const checked = (given: Pool): Result<Pool, string> => {
  const refusal = positionsRefusal(given.positions) ?? idRefusal(given) ?? boundsRefusal(given);
  if (refusal !== null) return refused(refusal);
  const pool = { ...given, positions: given.positions.toSorted(byMarketThenSide) };
  return ok({ ...pool, guards: dueGuards(pool) });
};

/** The first version of a pool: free, and looked at on the next mark of every market that it holds. Refuses positions, ids and amounts that no pool has. */
export const openedPool = (opening: NewPool): Result<Pool, string> => {
  const { poolId, accountId, marginMode, settlementAsset, tags, balance, positions } = opening;
  const given = { poolId, accountId, marginMode, settlementAsset, tags, balance, positions };
  return checked({
    ...given,
    guards: [],
    caseId: null,
    caseCount: 0,
    deferredSince: null,
    lastReduction: null,
    version: 1,
    lastWriter: 'VENUE',
  });
};

/** What the change makes of a balance; null for an amount that is not above zero. */
const balanceAfter = (pool: Pool, change: PoolChange): Money | null => {
  if (change.kind === 'TRADE') return change.balance;
  if (!change.amount.gt(0)) return null;
  return money(sum([pool.balance, change.kind === 'DEPOSIT' ? change.amount : change.amount.negated()]));
};

/**
 * The pool's next version after the venue booked a change on it: looked at on the next mark of every market that it holds. Whether a withdrawal leaves enough
 * margin is the venue's to decide before. Refuses amounts that are not above zero, and positions and amounts that no pool has.
 */
export const changedPool = (pool: Pool, change: PoolChange): Result<Pool, string> => {
  const balance = balanceAfter(pool, change);
  if (balance === null) return refused(`the amount of a ${change.kind} is above zero`);
  const positions = change.kind === 'TRADE' ? change.positions : pool.positions;
  return checked({ ...pool, balance, positions, version: pool.version + 1, lastWriter: 'VENUE' });
};
