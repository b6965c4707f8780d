import { nextVersion, type Write } from '#core/commit.ts';
import { type FundState, fundAt, fundAvailable, reserve } from '#core/insurance/fund-state.ts';
import { closeCost, type PlannedOrder, planClose, planReduction } from '#core/insurance/plan-orders.ts';
import { present } from '#core/invariant.ts';
import { type CaseLeg, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { MarkedMarket } from '#core/market/marked-market.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { cancelInstruction, orderOf } from './order-items.ts';

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

const markedMarket = (opening: Opening, leg: CaseLeg): MarkedMarket => {
  const state = present(
    opening.markets.find(({ terms }) => terms.marketId === leg.marketId),
    'a leg is in a market of the pool',
  );
  return { terms: state.terms, markPrice: present(state.accepted, 'an assessed market has a mark').markPrice };
};

interface PlannedLeg {
  readonly planned: PlannedOrder | null;
  readonly fund: FundState;
}

/** The order of one leg, and the fund with its reservation. A reduction asks nothing of the fund, nor does a close that the law does not back. */
const planLeg = (ports: OpenPorts, liquidation: LiquidationCase, leg: CaseLeg, opening: Opening, fund: FundState): PlannedLeg => {
  const market = markedMarket(opening, leg);
  if (liquidation.kind === 'REDUCE') return { planned: planReduction(leg, market), fund };
  if (ports.ruleSet.margin.execution.limit === 'BANKRUPTCY') return { planned: planClose(leg, market, money(ZERO)), fund };
  const planned = planClose(leg, market, fundAvailable(fund, leg.marketId));
  return { planned, fund: reserve(fund, leg.marketId, planned?.reserved ?? money(ZERO), closeCost(leg, market)) };
};

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
  const changed = new Set<string>();
  let skipped = false;
  for (const leg of opened.legs.filter((each) => !each.residualQuantity.isZero())) {
    const fund = await fundOf(ports, funds, leg.marketId, opening);
    if (skipsMarket(ports, opened, fund)) {
      skipped = true;
      liquidation = withLeg(liquidation, { ...leg, awaitsDeleveraging: true });
      continue;
    }
    const { planned, fund: reserved } = planLeg(ports, opened, leg, opening, fund);
    if (planned !== null) orders.push(planned);
    if (reserved.reserved !== fund.reserved || reserved.drawdown !== fund.drawdown) changed.add(fund.fundId);
    funds.set(fund.fundId, reserved);
  }
  const cancels: Write[] = ports.ruleSet.margin.execution.cancelOrdersFirst
    ? [{ table: 'Orders', item: cancelInstruction(liquidation) }]
    : [];
  return {
    liquidation: { ...liquidation, state: skipped && orders.length === 0 ? 'ADL_WAIT' : 'ORDERED' },
    orders,
    writes: [
      ...cancels,
      ...orders.map((planned): Write => ({ table: 'Orders', item: orderOf(ports, liquidation, opening, planned) })),
      ...[...funds.values()]
        .filter((fund) => changed.has(fund.fundId))
        .map((fund): Write => ({ table: 'Funds', item: nextVersion(fund, 'OPEN') })),
    ],
  };
};
