import type { Write } from '#core/commit.ts';
import { unreachable } from '#core/invariant.ts';
import { type MemoryTables, wavePoolKey } from './memory-tables.ts';

interface Versioned {
  readonly version: number;
}

const follows = (stored: Versioned | undefined, item: Versioned): boolean => item.version === (stored?.version ?? 0) + 1;

/** Whether the write's condition holds: the version before, or absence for what is put once. */
export const isAllowed = (tables: MemoryTables, write: Write): boolean => {
  switch (write.table) {
    case 'Markets':
      return follows(tables.Markets.get(write.item.terms.marketId), write.item);
    case 'Pools':
      return follows(tables.Pools.get(write.item.poolId), write.item);
    case 'Cases':
      return follows(tables.Cases.get(write.item.caseId), write.item);
    case 'Orders':
      return follows(tables.Orders.get(write.item.orderId), write.item);
    case 'Funds':
      return follows(tables.Funds.get(write.item.fundId), write.item);
    case 'Throttles':
      return follows(tables.Throttles.get(write.item.marketId), write.item);
    case 'Lanes':
      return follows(tables.Lanes.get(write.item.fundId), write.item);
    case 'Gates': {
      const stored = tables.Gates.get(write.item.asset);
      return write.action === 'PUT' ? follows(stored, write.item) : stored?.version === write.item.version;
    }
    case 'Rings':
      return tables.Rings.has(wavePoolKey(write.item)) === (write.action === 'REMOVE');
    case 'Nominations':
      return tables.Nominations.has(wavePoolKey(write.item)) === (write.action === 'REMOVE');
    case 'Journal':
      return !tables.Journal.has(write.entry.entryId);
    case 'Decisions':
      return !tables.Decisions.has(write.decision.decisionId);
    default:
      return unreachable(write);
  }
};

const putOrRemove = <Item extends { readonly waveId: string; readonly poolId: string }>(
  table: Map<string, Item>,
  action: 'PUT' | 'REMOVE',
  item: Item,
): void => {
  if (action === 'PUT') table.set(wavePoolKey(item), item);
  else table.delete(wavePoolKey(item));
};

/** Applies one write whose condition was checked. */
export const apply = (tables: MemoryTables, write: Write): void => {
  switch (write.table) {
    case 'Markets':
      tables.Markets.set(write.item.terms.marketId, write.item);
      return;
    case 'Pools':
      tables.Pools.set(write.item.poolId, write.item);
      return;
    case 'Cases':
      tables.Cases.set(write.item.caseId, write.item);
      return;
    case 'Orders':
      tables.Orders.set(write.item.orderId, write.item);
      return;
    case 'Funds':
      tables.Funds.set(write.item.fundId, write.item);
      return;
    case 'Throttles':
      tables.Throttles.set(write.item.marketId, write.item);
      return;
    case 'Lanes':
      tables.Lanes.set(write.item.fundId, write.item);
      return;
    case 'Gates':
      if (write.action === 'PUT') tables.Gates.set(write.item.asset, write.item);
      else tables.Gates.delete(write.item.asset);
      return;
    case 'Rings':
      putOrRemove(tables.Rings, write.action, write.item);
      return;
    case 'Nominations':
      putOrRemove(tables.Nominations, write.action, write.item);
      return;
    case 'Journal':
      tables.Journal.set(write.entry.entryId, write.entry);
      return;
    case 'Decisions':
      tables.Decisions.set(write.decision.decisionId, write.decision);
      return;
    default:
      unreachable(write);
  }
};
