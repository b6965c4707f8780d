import type { Pool } from '#core/account/pool.ts';
import type { CommitOutcome } from '#core/commit.ts';
import type { FundState } from '#core/insurance/fund-state.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { Decimal } from '#core/units/decimal.ts';
import type { Wave } from '#core/wave.ts';
import type { LawPort, MarketPort, PoolPort, WritePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { settleCaseOnce } from './settle-case.ts';

export interface SettlePorts extends MarketPort, PoolPort, LawPort, WritePort {
  readonly fundIdOf: (marketId: string) => string;
  readonly loadCase: (caseId: string) => Promise<LiquidationCase | null>;
  /** The liquidation orders of one attempt of a case, by `orderId`. */
  readonly loadOrders: (caseId: string, attempt: number) => Promise<readonly LiquidationOrder[]>;
  readonly loadFund: (fundId: string) => Promise<FundState>;
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

const settleOnce = async (ports: SettlePorts, caseId: string, wave: Wave): Promise<CommitOutcome> => {
  const liquidation = await ports.loadCase(caseId);
  if (liquidation === null || liquidation.state !== 'ORDERED') return 'COMMITTED';
  const orders = await ports.loadOrders(caseId, liquidation.attempt);
  if (orders.some((order) => order.status === 'NEW')) return 'COMMITTED';
  const pool = await ports.loadPool(liquidation.poolId);
  return pool === null ? 'COMMITTED' : settleCaseOnce(ports, { wave, liquidation, pool, orders });
};

/**
 * Settles a case once every order of its attempt has ended: fills against the frozen bankruptcy values, surplus or shortfall with the fund, residual by
 * the shortfall rules. One transaction. While an order still runs, or when the case has moved on, it does nothing: the next doorbell comes.
 */
export const settleLiquidation =
  (ports: SettlePorts) =>
  (caseId: string, wave: Wave): Promise<void> =>
    untilCommitted(caseId, () => settleOnce(ports, caseId, wave));
