import type { Pool } from '#core/account/pool.ts';
import type { Decision } from '#core/decision.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import { invariant } from '#core/invariant.ts';
import type { AttemptedCase, LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { Wave } from '#core/wave.ts';
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
  /** (Σ positive margin balances of pools in the market + fund balance) / open interest at the mark; null without open interest. */
  readonly loadSecurityToValue: (marketId: string) => Promise<Decimal | null>;
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

type Progress = 'PORTION' | 'DONE';

const settlePortion = async (ports: SettlePorts, caseId: string, wave: Wave): Promise<Progress> => {
  let progress: Progress = 'DONE';
  await untilCommitted(caseId, async () => {
    progress = 'DONE';
    const liquidation = await ports.loadCase(caseId);
    if (liquidation === null || liquidation.state !== 'ORDERED') return 'COMMITTED';
    const [orders, pool] = await Promise.all([ports.loadOrders(liquidation), ports.loadPool(liquidation.poolId)]);
    if (pool === null || orders.some((order) => order.status === 'NEW')) return 'COMMITTED';
    // Read one after the other: only while the case stays as it was do they belong together.
    if ((await ports.loadCase(caseId))?.version !== liquidation.version) return 'CONFLICT';
    const ruleSet = await ports.loadLaw(liquidation.ruleSet);
    const settlement = await settlementOf({ ...ports, ruleSet }, { wave, liquidation, pool, orders });
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
