import { fundAccount } from '#core/account/ledger.ts';
import type { Write } from '#core/commit.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { addQuantities, addTo, entriesOf, ledgerValue, nonZero, type Sums } from './ledger-value.ts';

/** What the items say happened minus what the journal says: value by account, quantity by account and market. All must be zero. */
const differences = (tables: MemoryTables, writes: readonly Write[]): Sums => {
  const sums: Sums = new Map();
  for (const write of writes) {
    if (write.table === 'Funds') {
      const before = tables.Funds.get(write.item.fundId)?.balance;
      if (before !== undefined) addTo(sums, fundAccount(write.item.fundId), write.item.balance.minus(before));
    }
    if (write.table !== 'Pools') continue;
    const before = tables.Pools.get(write.item.poolId);
    if (before === undefined) continue;
    const quantities: Sums = new Map();
    addQuantities(quantities, write.item, 1);
    addQuantities(quantities, before, -1);
    addTo(sums, write.item.poolId, ledgerValue(write.item, tables.Markets).minus(ledgerValue(before, tables.Markets)));
    for (const [marketId, amount] of quantities) addTo(sums, `${write.item.poolId} ${marketId}`, amount);
  }
  return sums;
};

const isItem = (account: string): boolean => !/^(VENUE|FEE|TAKEOVER|SOCIALIZED)#/.test(account);

/**
 * Cash and quantity are conserved: each entry's legs sum to zero, and each pool and fund changes by exactly what the journal posts to it in the same
 * commit. Together with balanced entries that is the conservation of the whole, checked where it is written.
 */
export const conservationFaults = (tables: MemoryTables, writes: readonly Write[]): readonly string[] => {
  const faults: string[] = [];
  const sums = differences(tables, writes);
  for (const entry of entriesOf(writes)) {
    const total: Sums = new Map();
    for (const leg of entry.legs) {
      addTo(total, 'value', leg.value);
      addTo(total, 'quantity', leg.quantity);
      if (!isItem(leg.account)) continue;
      addTo(sums, leg.account, leg.value.negated());
      if (leg.marketId !== null) addTo(sums, `${leg.account} ${leg.marketId}`, leg.quantity.negated());
    }
    faults.push(...nonZero(total).map((key) => `entry \`${entry.entryId}\`: the legs' ${key} does not sum to zero`));
  }
  return [...faults, ...nonZero(sums).map((key) => `\`${key}\` changed by something else than its postings`)];
};
