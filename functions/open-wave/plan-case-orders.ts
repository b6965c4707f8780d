import { nextVersion, type Write } from '#core/commit.ts';
import { type FundState, fundAt, fundAvailable, reserve } from '#core/insurance/fund-state.ts';
import { type PlannedOrder, planClose, planReduction } from '#core/insurance/plan-orders.ts';
import { present } from '#core/invariant.ts';
import { type CaseLeg, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import { type CancelInstruction, type LiquidationOrder, orderIdOf } from '#core/liquidation/order.ts';
import { closingOrderSide } from '#core/market/side.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money, quantity } from '#core/units/money.ts';
import { epochMs } from '#core/units/time.ts';
import type { Opening, OpenPorts } from './open-wave.ts';

export interface CasePlan {
  readonly liquidation: LiquidationCase;
  readonly orders: readonly PlannedOrder[];
  readonly writes: readonly Write[];
}

type Funds = Map<string, FundState>;

const fundOf = async (ports: OpenPorts, funds: Funds, marketId: string, opening: Opening): Promise<FundState> => {
  const fundId = ports.fundIdOf(marketId);
  const known = funds.get(fundId) ?? fundAt(await ports.loadFund(fundId), opening.wave.at);
  funds.set(fundId, known);
  return known;
};

const planLeg = (ports: OpenPorts, liquidation: LiquidationCase, leg: CaseLeg, opening: Opening, fund: FundState): PlannedOrder | null => {
  const state = present(
    opening.markets.find(({ terms }) => terms.marketId === leg.marketId),
    'a leg is in a market of the pool',
  );
  const market = { terms: state.terms, markPrice: present(state.accepted, 'an assessed market has a mark').markPrice };
  if (liquidation.kind === 'REDUCE') return planReduction(leg, market);
  const backed = ports.ruleSet.margin.execution.limit === 'FUND_BACKED';
  return planClose(leg, market, backed ? fundAvailable(fund, leg.marketId) : money(ZERO));
};

const orderOf = (ports: OpenPorts, liquidation: LiquidationCase, opening: Opening, planned: PlannedOrder): LiquidationOrder => ({
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
  filledQuantity: quantity(ZERO),
  fillPrice: null,
  version: 1,
  lastWriter: 'OPEN',
});

const cancelInstruction = (liquidation: LiquidationCase): CancelInstruction => ({
  orderId: `${liquidation.caseId}#CANCEL#${liquidation.attempt}`,
  caseId: liquidation.caseId,
  kind: 'CANCEL_ORDERS',
  accountId: liquidation.accountId,
  marketIds: [...new Set(liquidation.legs.map((leg) => leg.marketId))],
  version: 1,
  lastWriter: 'OPEN',
});

/** While the fund is drawn down and the law reserves deleveraging for that, no order is sent: the residual goes straight to the counterparties. */
const skipsMarket = (ports: OpenPorts, liquidation: LiquidationCase, fund: FundState): boolean =>
  liquidation.kind === 'LIQUIDATE' && ports.ruleSet.shortfall.deleveragingTrigger === 'FUND_DRAWDOWN' && fund.drawdown.active;

/**
 * Plans the orders of one attempt, leg by leg in the case's order, each against what the reservations before it left of the fund.
 * Returns the case in its next state with orders, reservations and the cancel instruction as writes.
 */
export const planCaseOrders = async (ports: OpenPorts, opening: Opening, opened: LiquidationCase): Promise<CasePlan> => {
  const funds: Funds = new Map();
  const orders: PlannedOrder[] = [];
  let liquidation = opened;
  let skipped = false;
  for (const leg of opened.legs.filter((each) => !each.residualQuantity.isZero())) {
    const fund = await fundOf(ports, funds, leg.marketId, opening);
    if (skipsMarket(ports, opened, fund)) {
      skipped = true;
      liquidation = withLeg(liquidation, { ...leg, awaitsDeleveraging: true });
      continue;
    }
    const planned = planLeg(ports, opened, leg, opening, fund);
    if (planned === null) continue;
    orders.push(planned);
    funds.set(fund.fundId, reserve(fund, leg.marketId, planned.reserved));
  }
  const reservedFunds = [...funds.values()].filter((fund) =>
    orders.some((order) => ports.fundIdOf(order.marketId) === fund.fundId && order.reserved.gt(0)),
  );
  const cancels: Write[] = ports.ruleSet.margin.execution.cancelOrdersFirst
    ? [{ table: 'Orders', item: cancelInstruction(liquidation) }]
    : [];
  return {
    liquidation: { ...liquidation, state: skipped && orders.length === 0 ? 'ADL_WAIT' : 'ORDERED' },
    orders,
    writes: [
      ...cancels,
      ...orders.map((planned): Write => ({ table: 'Orders', item: orderOf(ports, liquidation, opening, planned) })),
      ...reservedFunds.map((fund): Write => ({ table: 'Funds', item: nextVersion(fund, 'OPEN') })),
    ],
  };
};
