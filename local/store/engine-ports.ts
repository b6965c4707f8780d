import { invariant, present } from '#core/invariant.ts';
import { emptyLane } from '#core/lane.ts';
import type { AttemptedCase } from '#core/liquidation/liquidation-case.ts';
import { type LiquidationOrder, orderIdOf } from '#core/liquidation/order.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import type { MemoryStore } from './memory-store.ts';
import { wavePoolKey } from './memory-tables.ts';
import { storedSecurity } from './stored-security.ts';

/** Liquidation orders of one attempt, by id. */
const ordersOf = (store: MemoryStore, { caseId, attempt, legs }: AttemptedCase): readonly LiquidationOrder[] => {
  const orderIds = legs.map((leg) => orderIdOf(caseId, leg.marketId, leg.side, attempt)).sort(byCodeUnits);
  return orderIds.flatMap((orderId) => {
    const order = store.tables.Orders.get(orderId);
    return order?.kind === 'LIQUIDATION' ? [order] : [];
  });
};

/** The place after the last case that a wave opened; 0 for none. */
const nextRankOf = (store: MemoryStore, waveId: string): number => (store.casesOfWave(waveId).at(-1)?.waveRank ?? -1) + 1;

/** The ports of every use case over one in-memory store. `fundIds` maps each market to the fund that backs it. */
export const enginePorts = (store: MemoryStore, ruleSet: RuleSet, fundIds: ReadonlyMap<string, string>): EnginePorts => {
  const { tables } = store;
  return {
    ruleSet,
    loadLaw: async ({ hash }) => {
      invariant(hash === ruleSet.reference.hash, 'a replay has one law, and its cases are opened under it');
      return ruleSet;
    },
    commit: store.commit,
    fundIdOf: (marketId) => present(fundIds.get(marketId), `market ${marketId} has a fund`),
    loadMarket: async (marketId) => tables.Markets.get(marketId) ?? null,
    loadPool: async (poolId) => tables.Pools.get(poolId) ?? null,
    loadCase: async (caseId) => tables.Cases.get(caseId) ?? null,
    loadFund: async (fundId) => present(tables.Funds.get(fundId), `fund ${fundId} exists`),
    loadLane: async (fundId) => tables.Lanes.get(fundId) ?? emptyLane(fundId),
    loadWaveCases: async (waveId) => store.casesOfWave(waveId),
    loadGate: async (asset) => tables.Gates.get(asset) ?? null,
    loadThrottle: async (marketId) => tables.Throttles.get(marketId) ?? null,
    loadEndangered: async (marketId, movedMarketIds) => store.endangered(marketId, movedMarketIds),
    loadRings: async (waveId) =>
      [...tables.Rings.values()].filter((ring) => ring.waveId === waveId).sort((a, b) => byCodeUnits(a.poolId, b.poolId)),
    hasRing: async (ring) => tables.Rings.has(wavePoolKey(ring)),
    loadHolders: async (marketId, side) => store.holders(marketId, side),
    loadNominations: async (waveId) => [...tables.Nominations.values()].filter((nomination) => nomination.waveId === waveId),
    hasNomination: async (nomination) => tables.Nominations.has(wavePoolKey(nomination)),
    hasRings: async (waveId) => [...tables.Rings.values()].some((ring) => ring.waveId === waveId),
    hasNominations: async (waveId) => [...tables.Nominations.values()].some((nomination) => nomination.waveId === waveId),
    hasOrderedCase: async (waveId) => store.casesOfWave(waveId).some(({ state }) => state === 'ORDERED'),
    loadNextRank: async (waveId) => nextRankOf(store, waveId),
    loadOrders: async (liquidation) => ordersOf(store, liquidation),
    loadDecision: async (decisionId) => tables.Decisions.get(decisionId) ?? null,
    loadWaitingCaseIds: async (waveId) =>
      store
        .casesOfWave(waveId)
        .filter((each) => each.state === 'ADL_WAIT' || each.state === 'ADL_RUN')
        .map((each) => each.caseId),
    loadSecurity: async (marketId) => storedSecurity(store, marketId, fundIds),
  };
};
