import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Pool, positionIn } from '#core/account/pool.ts';
import { present } from '#core/invariant.ts';
import { emptyLane } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { orderIdOf } from '#core/liquidation/order.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { caseItem } from './case-item.ts';
import { commitWrites } from './commit-writes.ts';
import { decodeDecision } from './decision-item.ts';
import { DecodeError } from './decode-error.ts';
import { fundItem } from './fund-item.ts';
import { gateOf, withdrawalSwitchKey } from './gate-item.ts';
import { exposureRows, removeHints } from './hint-index.ts';
import type { Attributes } from './item.ts';
import { laneItem, laneKey } from './lane-item.ts';
import { loadEndangered, staleRows } from './load-endangered.ts';
import { loadSecurity } from './load-security.ts';
import { marketItem } from './market-item.ts';
import { orderItem } from './order-item.ts';
import { patience } from './patience.ts';
import { poolItem } from './pool-item.ts';
import { getItem, getItems, hasItems, itemsFromLast, queryItems } from './read-items.ts';
import { nominationItem, nominationKey, ringItem, ringKey, waveCaseItem, waveCasesKey } from './ring-item.ts';
import type { TableNames } from './table-names.ts';
import { throttleItem, throttleKey } from './throttle-item.ts';

export interface DynamoPortsInput {
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  readonly ruleSet: RuleSet;
  readonly loadLaw: EnginePorts['loadLaw'];
  /** The fund of each market. */
  readonly fundIds: ReadonlyMap<string, string>;
  /** Told of a pool among many that cannot be read: the others go on without it. */
  readonly unreadable: (error: DecodeError) => void;
}

/** Cases that are read at once to see whether any waits for its orders. */
const CASES_PER_LOOK = 20;

/** One broken pool must not keep a market from being watched: where many are read it is left out and told of, where it is meant it is an error. */
const readablePool = (item: Attributes, unreadable: DynamoPortsInput['unreadable']): readonly Pool[] => {
  try {
    return [poolItem.decode(item)];
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    unreadable(error);
    return [];
  }
};

/**
 * The ports of every use case over DynamoDB. All reads are strong, all writes conditional. Made anew for each invocation: it remembers the pools that it
 * has read, so that a commit knows which hint rows a pool had.
 */
export const dynamoPorts = ({ client, tables, ruleSet, loadLaw, fundIds, unreadable }: DynamoPortsInput): EnginePorts => {
  const hints = { client, tableName: tables.hints, patience };
  const seen = new Map<string, Pool>();

  const see = (pool: Pool): Pool => {
    seen.set(pool.poolId, pool);
    return pool;
  };
  const loadPools = async (poolIds: readonly string[]): Promise<readonly Pool[]> => {
    const found = await getItems(
      client,
      tables.pools,
      poolIds.map((poolId) => ({ poolId })),
    );
    return found.flatMap((item) => readablePool(item, unreadable)).map(see);
  };
  const wavePartition = (value: string) => queryItems(client, { tableName: tables.rings, key: ['waveKey', value] });

  const loadMarket: EnginePorts['loadMarket'] = async (marketId) => {
    const item = await getItem(client, tables.markets, { marketId });
    return item === null ? null : marketItem.decode(item).market;
  };
  const loadPool: EnginePorts['loadPool'] = async (poolId) => {
    const item = await getItem(client, tables.pools, { poolId });
    return item === null ? null : see(poolItem.decode(item));
  };
  const loadCase: EnginePorts['loadCase'] = async (caseId) => {
    const item = await getItem(client, tables.cases, { caseId });
    return item === null ? null : caseItem.decode(item);
  };
  const loadFund: EnginePorts['loadFund'] = async (fundId) =>
    fundItem.decode(present(await getItem(client, tables.funds, { fundId, part: 'STATE' }), `fund ${fundId} exists`));

  const loadHolders: EnginePorts['loadHolders'] = async (marketId, side) => {
    const rows = await exposureRows(hints, marketId, side);
    const pools = await loadPools([...new Set(rows.map(({ poolId }) => poolId))]);
    // A venue only puts rows: those of positions that are closed by now are taken away here.
    await removeHints(hints, staleRows(rows, pools));
    return pools.filter((pool) => positionIn(pool, marketId, side) !== undefined).sort((a, b) => byCodeUnits(a.poolId, b.poolId));
  };

  /** A case that went on to a later wave keeps its row in the one before. */
  const loadWaveCases = async (waveId: string): Promise<readonly LiquidationCase[]> => {
    const caseIds = (await wavePartition(waveCasesKey(waveId))).map((item) => waveCaseItem.decode(item).caseId);
    const keys = [...new Set(caseIds)].map((caseId) => ({ caseId }));
    const cases = (await getItems(client, tables.cases, keys)).map(caseItem.decode);
    return cases.filter((each) => each.wave === waveId).sort((a, b) => a.waveRank - b.waveRank);
  };

  /** From the last case on: while orders run, that one's mostly do. */
  const hasOrderedCase = async (waveId: string): Promise<boolean> => {
    for await (const rows of itemsFromLast(client, tables.rings, ['waveKey', waveCasesKey(waveId)], CASES_PER_LOOK)) {
      const keys = rows.map((row) => ({ caseId: waveCaseItem.decode(row).caseId }));
      const cases = (await getItems(client, tables.cases, keys)).map(caseItem.decode);
      if (cases.some(({ wave, state }) => wave === waveId && state === 'ORDERED')) return true;
    }
    return false;
  };

  return {
    ruleSet,
    loadLaw,
    commit: commitWrites({ client, tables, fundIds, patience, hints, seenPool: (poolId) => seen.get(poolId) }),
    fundIdOf: (marketId) => present(fundIds.get(marketId), `market ${marketId} has a fund`),
    loadMarket,
    loadPool,
    loadCase,
    loadFund,
    loadHolders,
    loadWaveCases,
    loadLane: async (fundId) => {
      const item = await getItem(client, tables.controls, { controlKey: laneKey(fundId) });
      return item === null ? emptyLane(fundId) : laneItem.decode(item);
    },
    loadGate: async (asset) => {
      const item = await getItem(client, tables.controls, { controlKey: withdrawalSwitchKey(asset) });
      return item === null ? null : gateOf(asset, item);
    },
    loadThrottle: async (marketId) => {
      const item = await getItem(client, tables.controls, { controlKey: throttleKey(marketId) });
      return item === null ? null : throttleItem.decode(item);
    },
    loadEndangered: (marketId, movedMarketIds) => loadEndangered({ hints, loadMarket, loadPools }, marketId, movedMarketIds),
    loadRings: async (waveId) => (await wavePartition(ringKey(waveId))).map(ringItem.decode),
    hasRing: async ({ waveId, poolId }) => (await getItem(client, tables.rings, { waveKey: ringKey(waveId), poolId })) !== null,
    loadNominations: async (waveId) => (await wavePartition(nominationKey(waveId))).map(nominationItem.decode),
    hasNomination: async ({ waveId, poolId }) => (await getItem(client, tables.rings, { waveKey: nominationKey(waveId), poolId })) !== null,
    hasRings: (waveId) => hasItems(client, tables.rings, ['waveKey', ringKey(waveId)]),
    hasNominations: (waveId) => hasItems(client, tables.rings, ['waveKey', nominationKey(waveId)]),
    hasOrderedCase,
    loadNextRank: async (waveId) => {
      const [last] = await queryItems(client, { tableName: tables.rings, key: ['waveKey', waveCasesKey(waveId)], last: 1 });
      return last === undefined ? 0 : waveCaseItem.decode(last).waveRank + 1;
    },
    loadOrders: async ({ caseId, attempt, legs }) => {
      const orderIds = legs.map((leg) => orderIdOf(caseId, leg.marketId, leg.side, attempt));
      const keys = [...new Set(orderIds)].map((orderId) => ({ orderId }));
      const orders = (await getItems(client, tables.orders, keys)).map(orderItem.decode);
      return orders.filter((order) => order.kind === 'LIQUIDATION').sort((a, b) => byCodeUnits(a.orderId, b.orderId));
    },
    loadDecision: async (decisionId) => {
      const parts = await queryItems(client, { tableName: tables.journal, key: ['entryKey', decisionId] });
      return parts.length === 0 ? null : decodeDecision(parts);
    },
    loadWaitingCaseIds: async (waveId) =>
      (await loadWaveCases(waveId)).filter(({ state }) => state === 'ADL_WAIT' || state === 'ADL_RUN').map(({ caseId }) => caseId),
    loadSecurity: (marketId) => loadSecurity({ loadMarket, loadHolders, loadFund }, marketId, fundIds),
  };
};
