import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Decision } from '#core/decision.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { caseItem } from '#functions/adapters/dynamodb/case-item.ts';
import { decisionLine, decodeDecision } from '#functions/adapters/dynamodb/decision-item.ts';
import { entryItem } from '#functions/adapters/dynamodb/entry-item.ts';
import { fundItem } from '#functions/adapters/dynamodb/fund-item.ts';
import { gateOf, withdrawalSwitchKey } from '#functions/adapters/dynamodb/gate-item.ts';
import type { Attributes } from '#functions/adapters/dynamodb/item.ts';
import { laneItem } from '#functions/adapters/dynamodb/lane-item.ts';
import { marketItem } from '#functions/adapters/dynamodb/market-item.ts';
import { orderItem } from '#functions/adapters/dynamodb/order-item.ts';
import { poolItem } from '#functions/adapters/dynamodb/pool-item.ts';
import { nominationItem, ringItem, type WaveCase, waveCaseItem } from '#functions/adapters/dynamodb/ring-item.ts';
import type { TableNames } from '#functions/adapters/dynamodb/table-names.ts';
import { throttleItem } from '#functions/adapters/dynamodb/throttle-item.ts';
import { recordLine } from '../replay/record-line.ts';
import { type MemoryTables, wavePoolKey } from '../store/memory-tables.ts';
import { scanItems } from './scan-items.ts';

/** A decision and its line in the record. */
export interface RecordedLine {
  readonly decision: Decision;
  readonly line: string;
}

/** Everything that the engine's tables hold. */
export interface TablesRead {
  readonly tables: Omit<MemoryTables, 'Decisions'>;
  /** In no order. */
  readonly decisions: readonly RecordedLine[];
  /** Cases by the waves that opened or attempted them, with their places there. */
  readonly waveCases: readonly WaveCase[];
}

/** Items by key, in code-unit order of the keys: a scan gives them in none. */
const byKey = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item> =>
  new Map(items.map((item) => [keyOf(item), item] as const).sort(([a], [b]) => byCodeUnits(a, b)));

/** The items of one kind, told by the beginning of a key. */
const beginning = (items: readonly Attributes[], key: string, prefix: string): readonly Attributes[] =>
  items.filter((item) => item[key]?.S?.startsWith(prefix) === true);

const decisionsIn = (journal: readonly Attributes[]): readonly RecordedLine[] => {
  const parts = new Map<string, Attributes[]>();
  for (const item of beginning(journal, 'part', 'DECISION#')) {
    const decisionId = item.entryKey?.S ?? '';
    parts.set(decisionId, [...(parts.get(decisionId) ?? []), item]);
  }
  return [...parts.values()].map((items) => {
    const inOrder = items.sort((a, b) => byCodeUnits(a.part?.S ?? '', b.part?.S ?? ''));
    const decision = decodeDecision(inOrder);
    return { decision, line: recordLine(decision, decisionLine(inOrder)) };
  });
};

const postingsIn = (journal: readonly Attributes[]): readonly Attributes[] =>
  journal.filter((item) => item.part?.S?.startsWith('DECISION#') !== true);

/**
 * Reads all tables, strongly and strictly, into the form that the books are counted and audited in. Expects that nobody writes meanwhile. Throws
 * `DecodeError` for an item that is not as the engine writes it.
 */
export const readTables = async (client: DynamoDBClient, names: TableNames): Promise<TablesRead> => {
  const scan = (table: keyof TableNames) => scanItems(client, names[table]);
  const [markets, pools, cases, orders, funds] = [
    await scan('markets'),
    await scan('pools'),
    await scan('cases'),
    await scan('orders'),
    await scan('funds'),
  ];
  const [controls, rings, journal] = [await scan('controls'), await scan('rings'), await scan('journal')];
  return {
    tables: {
      Markets: byKey(
        markets.map((item) => marketItem.decode(item).market),
        ({ terms }) => terms.marketId,
      ),
      Pools: byKey(pools.map(poolItem.decode), ({ poolId }) => poolId),
      Cases: byKey(cases.map(caseItem.decode), ({ caseId }) => caseId),
      Orders: byKey(orders.map(orderItem.decode), ({ orderId }) => orderId),
      Funds: byKey(funds.map(fundItem.decode), ({ fundId }) => fundId),
      Lanes: byKey(beginning(controls, 'controlKey', 'LANE#').map(laneItem.decode), ({ fundId }) => fundId),
      Gates: byKey(
        beginning(controls, 'controlKey', withdrawalSwitchKey('')).map((item) =>
          gateOf((item.controlKey?.S ?? '').slice(withdrawalSwitchKey('').length), item),
        ),
        ({ asset }) => asset,
      ),
      Throttles: byKey(beginning(controls, 'controlKey', 'THROTTLE#').map(throttleItem.decode), ({ marketId }) => marketId),
      Rings: byKey(beginning(rings, 'waveKey', 'RING#').map(ringItem.decode), wavePoolKey),
      Nominations: byKey(beginning(rings, 'waveKey', 'NOMINATION#').map(nominationItem.decode), wavePoolKey),
      Journal: byKey(postingsIn(journal).map(entryItem.decode), ({ entryId }) => entryId),
    },
    decisions: decisionsIn(journal),
    waveCases: beginning(rings, 'waveKey', 'CASES#').map(waveCaseItem.decode),
  };
};
