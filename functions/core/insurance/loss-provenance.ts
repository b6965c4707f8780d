import { fundAccount, type JournalEntry } from '../account/ledger.ts';

const FUND_PREFIX = fundAccount('');

/**
 * Why an entry takes a loss to another domain than its own; null when it does not.
 *
 * Held of every entry: all its legs that name a market name the entry's own, and every fund leg, of either sign, is of the fund that backs that market. So a
 * debt that arose in one market is never booked to another's fund once its leg is flat: the trap of a debt of asset 1 paid by asset 0's pool.
 * Funds with several markets in their domain are the only sharing that there is: the rule set names those markets.
 */
export const provenanceFault = (entry: JournalEntry, fundIdOf: (marketId: string) => string | undefined): string | null => {
  const stray = entry.legs.find(({ marketId }) => marketId !== null && marketId !== entry.marketId);
  if (stray !== undefined) return `entry \`${entry.entryId}\` of ${entry.marketId} moves something in ${stray.marketId}`;
  const own = fundIdOf(entry.marketId);
  const other = entry.legs.find(({ account }) => account.startsWith(FUND_PREFIX) && account !== fundAccount(own ?? ''));
  return other === undefined
    ? null
    : `entry \`${entry.entryId}\` of ${entry.marketId} moves money of \`${other.account}\`, whose domain it is not in`;
};
