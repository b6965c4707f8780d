import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { ALL_MARKETS, type CancelInstruction, type LiquidationOrder, orderIdOf } from '#core/liquidation/order.ts';
import type { CancelScope } from '#core/liquidation/reduction-policy.ts';
import { closingOrderSide } from '#core/market/side.ts';
import { ZERO } from '#core/units/decimal.ts';
import { quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import type { Opening, OpenPorts } from './open-wave.ts';

/** The order row of a planned order; its id carries the attempt, so that a repeated delivery orders nothing twice. */
export const orderOf = (ports: OpenPorts, liquidation: LiquidationCase, opening: Opening, planned: PlannedOrder): LiquidationOrder => ({
  orderId: orderIdOf(liquidation.caseId, planned.marketId, planned.positionSide, liquidation.attempt),
  caseId: liquidation.caseId,
  poolId: liquidation.poolId,
  kind: 'LIQUIDATION',
  wave: opening.wave.waveId,
  marketId: planned.marketId,
  positionSide: planned.positionSide,
  side: closingOrderSide(planned.positionSide),
  quantity: planned.quantity,
  limitPrice: planned.limitPrice,
  reserved: planned.reserved,
  fundId: ports.fundIdOf(planned.marketId),
  expiresAt: epochMs(opening.wave.at + ports.ruleSet.margin.execution.orderTimeToLive),
  status: 'NEW',
  fillSequence: 0,
  filledQuantity: quantity(ZERO),
  fills: [],
  version: 1,
  lastWriter: 'OPEN',
});

/** The instruction that goes before the orders of an attempt: for the markets of its legs, or for all that the account has orders in. */
export const cancelInstruction = (liquidation: LiquidationCase, scope: Exclude<CancelScope, 'NONE'>): CancelInstruction => ({
  orderId: `${liquidation.caseId}#CANCEL#${liquidation.attempt}`,
  caseId: liquidation.caseId,
  kind: 'CANCEL_ORDERS',
  accountId: liquidation.accountId,
  marketIds: scope === 'ALL' ? [ALL_MARKETS] : [...new Set(liquidation.legs.map((leg) => leg.marketId))],
  status: 'NEW',
  version: 1,
  lastWriter: 'OPEN',
});
