import type { Write } from '#core/commit.ts';
import { fundAvailable, isDeleveraging } from '#core/insurance/fund-limits.ts';
import { type FundState, fundAt, reserve } from '#core/insurance/fund-state.ts';
import { demandByLimit, planByLimit, planPart } from '#core/insurance/plan-by-limit.ts';
import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import { present } from '#core/invariant.ts';
import { type CaseLeg, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { MarkedMarket } from '#core/market/marked-market.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { isStopped } from '#core/market/switches.ts';
import { ZERO } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fundWrites } from '../ports/fund-writes.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { cancelInstruction, orderOf } from './order-items.ts';

export interface CasePlan {
  readonly liquidation: LiquidationCase;
  readonly orders: readonly PlannedOrder[];
  readonly writes: readonly Write[];
}

/** Funds as they are stored, and as the legs before have left them. */
interface Funds {
  readonly stored: Map<string, FundState>;
  readonly now: Map<string, FundState>;
}

const fundOf = async (ports: OpenPorts, funds: Funds, marketId: string, opening: Opening): Promise<FundState> => {
  const fundId = ports.fundIdOf(marketId);
  const known = funds.now.get(fundId);
  if (known !== undefined) return known;
  const stored = await ports.loadFund(fundId);
  const fund = fundAt(stored, opening.wave.at);
  funds.stored.set(fundId, stored);
  funds.now.set(fundId, fund);
  return fund;
};

const stateOf = (opening: Opening, leg: CaseLeg): MarketState =>
  present(
    opening.markets.find(({ terms }) => terms.marketId === leg.marketId),
    'a leg is in a market of the pool',
  );

const read = (funds: ReadonlyMap<string, FundState>, fundId: string): FundState => present(funds.get(fundId), `fund ${fundId} was read`);

const markedMarket = (opening: Opening, leg: CaseLeg): MarkedMarket => {
  const state = stateOf(opening, leg);
  return { terms: state.terms, markPrice: present(state.accepted, 'an assessed market has a mark').markPrice };
};

interface PlannedLeg {
  readonly planned: PlannedOrder | null;
  readonly fund: FundState;
}

/** The order of one leg, and the fund with its reservation. A reduction asks nothing of the fund, nor does a close that the law does not back. */
const planLeg = (ports: OpenPorts, liquidation: LiquidationCase, leg: CaseLeg, opening: Opening, fund: FundState): PlannedLeg => {
  const market = markedMarket(opening, leg);
  const policy = ports.ruleSet.margin.execution;
  const input = { assessment: opening.assessment, leg, market };
  if (liquidation.kind === 'REDUCE') return { planned: planPart(input, policy), fund };
  // What people have stopped asks nothing of the fund either.
  const isPaying = !isStopped(stateOf(opening, leg), 'PAY');
  const planned = planByLimit(input, policy, isPaying ? fundAvailable(fund, leg.marketId) : money(ZERO));
  if (policy.limit === 'BANKRUPTCY' || !isPaying) return { planned, fund };
  return { planned, fund: reserve(fund, leg.marketId, planned?.reserved ?? money(ZERO), demandByLimit(input, policy)) };
};

/** Whether a leg's demand reserved something or started a deleveraging mode. */
const isChanged = (before: FundState, after: FundState): boolean =>
  after.reserved !== before.reserved || after.drawdown !== before.drawdown || after.memory !== before.memory;

/** While the fund pays nothing for the market and the law reserves deleveraging for that, no order is sent: the residual goes straight to the counterparties. */
const skipsMarket = (ports: OpenPorts, liquidation: LiquidationCase, leg: CaseLeg, fund: FundState): boolean =>
  liquidation.kind === 'LIQUIDATE' && ports.ruleSet.shortfall.deleveragingTrigger === 'FUND_DRAWDOWN' && isDeleveraging(fund, leg.marketId);

/**
 * Plans the orders of one attempt, leg by leg in the case's order, each against what the reservations before it left of the fund.
 * Returns the case in its next state with orders, reservations and the cancel instruction as writes.
 */
export const planCaseOrders = async (ports: OpenPorts, opening: Opening, opened: LiquidationCase): Promise<CasePlan> => {
  const funds: Funds = { stored: new Map(), now: new Map() };
  const orders: PlannedOrder[] = [];
  let liquidation = opened;
  const changed = new Set<string>();
  let skipped = false;
  for (const leg of opened.legs.filter((each) => !each.residualQuantity.isZero())) {
    const fund = await fundOf(ports, funds, leg.marketId, opening);
    if (skipsMarket(ports, opened, leg, fund)) {
      skipped = true;
      liquidation = withLeg(liquidation, { ...leg, awaitsDeleveraging: true });
      continue;
    }
    const { planned, fund: reserved } = planLeg(ports, opened, leg, opening, fund);
    if (planned !== null) orders.push(planned);
    if (isChanged(fund, reserved)) changed.add(fund.fundId);
    funds.now.set(fund.fundId, reserved);
  }
  const writing = { writer: 'OPEN' as const, wave: opening.wave, ruleSet: ports.ruleSet.reference };
  const scope = ports.ruleSet.margin.execution.cancelOrdersFirst;
  const cancels: Write[] = scope === 'NONE' ? [] : [{ table: 'Orders', item: cancelInstruction(liquidation, scope) }];
  return {
    liquidation: { ...liquidation, state: skipped && orders.length === 0 ? 'ADL_WAIT' : 'ORDERED' },
    orders,
    writes: [
      ...cancels,
      ...orders.map((planned): Write => ({ table: 'Orders', item: orderOf(ports, liquidation, opening, planned) })),
      ...[...changed].flatMap((fundId) => fundWrites(read(funds.stored, fundId), read(funds.now, fundId), writing)),
    ],
  };
};
