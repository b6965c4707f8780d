import type { Write } from '#core/commit.ts';
import type { MemoryTables } from '../store/memory-tables.ts';

const openingsOf = (writes: readonly Write[]): ReadonlySet<string> =>
  new Set(writes.flatMap((write) => (write.table === 'Decisions' && write.decision.kind === 'OPENING' ? [write.decision.caseId] : [])));

const orderFaults = (tables: MemoryTables, writes: readonly Write[]): readonly string[] => {
  const decided = openingsOf(writes);
  return writes.flatMap((write) => {
    if (write.table !== 'Orders' || write.item.kind !== 'LIQUIDATION') return [];
    const { item } = write;
    const before = tables.Orders.get(item.orderId);
    if (before === undefined) return decided.has(item.caseId) ? [] : [`order \`${item.orderId}\` has no decision`];
    return item.filledQuantity.gt(item.quantity) ? [`order \`${item.orderId}\` filled more than it asked for`] : [];
  });
};

const entryFaults = (tables: MemoryTables, writes: readonly Write[]): readonly string[] =>
  writes.flatMap((write) => {
    if (write.table !== 'Journal') return [];
    const { entry } = write;
    const before = tables.Cases.get(entry.caseId)?.state;
    if ((entry.kind === 'DELEVERAGING' || entry.kind === 'SOCIALIZATION') && before !== 'ADL_RUN')
      return [`entry \`${entry.entryId}\` deleverages in state ${before ?? 'none'}`];
    if (entry.kind === 'MARKET_FILL' && before !== 'ORDERED')
      return [`entry \`${entry.entryId}\` books a fill in state ${before ?? 'none'}`];
    return [];
  });

/** The waterfall's order: an order only with its decision, a fill only while ordered, deleveraging only in its run after the orders ended. */
export const waterfallFaults = (tables: MemoryTables, writes: readonly Write[]): readonly string[] => [
  ...orderFaults(tables, writes),
  ...entryFaults(tables, writes),
];
