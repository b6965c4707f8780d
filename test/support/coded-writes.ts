import type { Write } from '#core/commit.ts';
import { caseItem } from '#functions/adapters/dynamodb/case-item.ts';
import { decisionItems, decodeDecision } from '#functions/adapters/dynamodb/decision-item.ts';
import { entryItem } from '#functions/adapters/dynamodb/entry-item.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { gateItem } from '#functions/adapters/dynamodb/gate-item.ts';
import type { Attributes, ItemCodec } from '#functions/adapters/dynamodb/item.ts';
import { laneItem } from '#functions/adapters/dynamodb/lane-item.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { nominationItem, ringItem } from '#functions/adapters/dynamodb/ring-item.ts';
import { throttleItem } from '#functions/adapters/dynamodb/throttle-item.ts';

/** What a write puts, the items that it becomes, and what is read back from them. */
export interface Coded {
  readonly written: unknown;
  readonly items: readonly Attributes[];
  readonly read: unknown;
}

const coded = <Item>(codec: ItemCodec<Item>, written: Item): Coded => {
  const item = codec.encode(written);
  return { written, items: [item], read: codec.decode(item) };
};

/** A write through the codec of its table and back. */
export const codedWrite = (write: Write): Coded => {
  switch (write.table) {
    case 'Markets':
      return coded(marketItem, { market: write.item, fundId: 'usdt' });
    case 'Pools':
      return coded(poolItem, write.item);
    case 'Cases':
      return coded(caseItem, write.item);
    case 'Orders':
      return coded(orderItem, write.item);
    case 'Funds':
      return coded(fundItem, write.item);
    case 'Throttles':
      return coded(throttleItem, write.item);
    case 'Gates':
      return coded(gateItem, write.item);
    case 'Lanes':
      return coded(laneItem, write.item);
    case 'Rings':
      return coded(ringItem, write.item);
    case 'Nominations':
      return coded(nominationItem, write.item);
    case 'Journal':
      return coded(entryItem, write.entry);
    case 'Decisions': {
      const items = decisionItems(write.decision);
      return { written: write.decision, items, read: decodeDecision(items) };
    }
  }
};
