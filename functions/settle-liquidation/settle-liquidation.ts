import type { Pool } from '#core/account/pool.ts';
import type { Decision } from '#core/decision.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { SecurityInput } from '#core/insurance/security-to-value.ts';
import { invariant } from '#core/invariant.ts';
import type { AttemptedCase, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { Wave } from '#core/wave.ts';
import { isAsRead } from '../ports/case-as-read.ts';
import type { LawPort, MarketPort, PinnedLawPort, PoolPort, WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { settlementOf } from './settle-case.ts';

export interface SettlePorts extends MarketPort, PoolPort, LawPort, PinnedLawPort, WritePort {
  readonly fundIdOf: (marketId: string) => string;
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  /** The liquidation orders of one attempt of a case, by `orderId`. */
  readonly loadOrders: (liquidation: AttemptedCase) => Promise<readonly LiquidationOrder[]>;
  readonly loadFund: (fundId: string) => Promise<FundState>;
  readonly loadDecision: (decisionId: string) => Promise<Decision | null>;
  /** Everyone who holds a market, at the accepted marks, and its fund. */
  readonly loadSecurity: (marketId: string) => Promise<SecurityInput>;
}

/** What one settlement decides on, freshly read. */
export interface SettlementInputs {
  readonly wave: Wave;
  readonly liquidation: LiquidationCase;
  readonly pool: Pool;
  readonly orders: readonly LiquidationOrder[];
}

/** Far above the legs that a pool may have: what is settled in portions ends. */
const PORTIONS_MAX = 50;

/** The funds that back the markets of a case's legs. */
const fundsOf = async (ports: SettlePorts, { legs }: LiquidationCase): Promise<ReadonlyMap<string, FundState>> => {
  const fundIds = new Set(legs.map(({ marketId }) => ports.fundIdOf(marketId)));
  return new Map(await Promise.all([...fundIds].map(async (fundId) => [fundId, await ports.loadFund(fundId)] as const)));
};

type Progress = 'PORTION' | 'DONE';

const settlePortion = async (ports: SettlePorts, caseId: string, wave: Wave): Promise<Progress> => {
  let progress: Progress = 'DONE';
  await untilCommitted(caseId, async () => {
    progress = 'DONE';
    const liquidation = await ports.loadCase(caseId);
    // A case in a later wave is settled at that wave's time, by its own doorbell.
    if (liquidation?.state !== 'ORDERED' || liquidation.wave !== wave.waveId) return 'COMMITTED';
    const [orders, pool] = await Promise.all([ports.loadOrders(liquidation), ports.loadPool(liquidation.poolId)]);
    if (pool === null || orders.some((order) => order.status === 'NEW')) return 'COMMITTED';
    const funds = await fundsOf(ports, liquidation);
    if (!(await isAsRead(ports, liquidation))) return 'CONFLICT';
    const ruleSet = await ports.loadLaw(liquidation.ruleSet);
    const settlement = await settlementOf(
      { ...ports, ruleSet, loadFund: async (fundId) => funds.get(fundId) ?? ports.loadFund(fundId) },
      { wave, liquidation, pool, orders },
    );
    progress = settlement.isLast ? 'DONE' : 'PORTION';
    return ports.commit(settlement.writes);
  });
  return progress;
};

/**
 * Settles a case once every order of its attempt has ended: fills against the frozen bankruptcy values, surplus or shortfall with the fund, residual by
 * the shortfall rules. One transaction, or several for a case of many legs. While an order still runs, or when the case has moved on, it does
 * nothing: the next doorbell comes. The law is the one that the case was opened under.
 */
export const settleLiquidation =
  (ports: SettlePorts) =>
  async (caseId: string, wave: Wave): Promise<void> => {
    for (let portion = 0; portion < PORTIONS_MAX; portion += 1) {
      if ((await settlePortion(ports, caseId, wave)) === 'DONE') return;
    }
    invariant(false, `case ${caseId} is settled within ${PORTIONS_MAX} portions`);
  };
