import { afterCase } from '#core/account/pool.ts';
import { type CommitOutcome, nextVersion, type Write } from '#core/commit.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { stateAfterOrders } from '#core/insurance/settle-outcome.ts';
import { present } from '#core/invariant.ts';
import { advanceTo, type CaseLeg, type CaseState, isLive, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { LiquidationOrder } from '#core/liquidation/order.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { sum } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { type LegSettlement, settleLeg } from './settle-leg.ts';
import type { SettlementInputs, SettlePorts } from './settle-liquidation.ts';

const orderFor = (orders: readonly LiquidationOrder[], leg: CaseLeg): LiquidationOrder | null =>
  orders.find((order) => order.marketId === leg.marketId && order.positionSide === leg.side) ?? null;

const settleLegs = async (
  ports: SettlePorts,
  inputs: SettlementInputs,
  funds: Map<string, FundState>,
  markets: Map<string, MarketState>,
) => {
  const settled: LegSettlement[] = [];
  let pool = inputs.pool;
  for (const leg of inputs.liquidation.legs.filter((each) => !each.residualQuantity.isZero())) {
    const fundId = ports.fundIdOf(leg.marketId);
    const fund = funds.get(fundId) ?? fundAt(await ports.loadFund(fundId), inputs.wave.at);
    const market = markets.get(leg.marketId) ?? present(await ports.loadMarket(leg.marketId), `market ${leg.marketId} exists`);
    const one = await settleLeg(ports, { inputs, pool, leg, order: orderFor(inputs.orders, leg), fund, market });
    pool = one.pool;
    funds.set(fundId, one.fund);
    markets.set(leg.marketId, market);
    settled.push(one);
  }
  return settled;
};

/** The state of the whole case: the first leg that wants more than closing decides, a halt before everything. */
const caseState = (liquidation: LiquidationCase, settled: readonly LegSettlement[]): CaseState => {
  const open = settled.filter((each) => !each.leg.residualQuantity.isZero());
  const choices = open.map((each) => each.choice);
  const halting = choices.find((choice) => choice.halts);
  const deleveraging = open.find((each) => each.leg.awaitsDeleveraging);
  const choice = halting ?? deleveraging?.choice ?? choices[0] ?? { absorbs: true, deleverages: false, halts: false, error: null };
  return stateAfterOrders(liquidation, choice, deleveraging !== undefined);
};

const haltWrites = (state: CaseState, settled: readonly LegSettlement[], markets: ReadonlyMap<string, MarketState>): readonly Write[] =>
  state !== 'HALTED'
    ? []
    : settled.flatMap((each): Write[] => {
        const market = markets.get(each.leg.marketId);
        if (market === undefined || !each.choice.halts) return [];
        return [{ table: 'Markets', item: nextVersion({ ...market, status: 'HALTED' }, 'SETTLE') }];
      });

const settledCase = (liquidation: LiquidationCase, settled: readonly LegSettlement[]): LiquidationCase => {
  const withLegs = settled.reduce((current, each) => withLeg(current, each.leg), liquidation);
  return {
    ...withLegs,
    drawn: money(liquidation.drawn.plus(sum(settled.map((each) => each.fill?.drawn ?? money(sum([])))))),
    received: money(liquidation.received.plus(sum(settled.map((each) => each.fill?.received ?? money(sum([])))))),
  };
};

/** Funds that the settlement changed: a reservation ended, or something came in. */
const touchedFunds = (
  ports: SettlePorts,
  inputs: SettlementInputs,
  settled: readonly LegSettlement[],
  funds: ReadonlyMap<string, FundState>,
) => {
  const touched = settled.filter((each) => orderFor(inputs.orders, each.leg)?.reserved.gt(0) || each.fill?.received.gt(0));
  const fundIds = new Set(touched.map((each) => ports.fundIdOf(each.leg.marketId)));
  return [...funds.values()].filter((fund) => fundIds.has(fund.fundId));
};

/** Settles all legs of a case in one transaction. */
export const settleCaseOnce = async (ports: SettlePorts, inputs: SettlementInputs): Promise<CommitOutcome> => {
  const funds = new Map<string, FundState>();
  const markets = new Map<string, MarketState>();
  const settled = await settleLegs(ports, inputs, funds, markets);
  const changed = settledCase(inputs.liquidation, settled);
  const state = caseState(changed, settled);
  const pool = settled.at(-1)?.pool ?? inputs.pool;
  const touched = touchedFunds(ports, inputs, settled, funds);
  return ports.commit([
    { table: 'Cases', item: nextVersion(advanceTo(changed, state), 'SETTLE') },
    { table: 'Pools', item: nextVersion(afterCase(pool, isLive(state)), 'SETTLE') },
    ...inputs.orders.map((order): Write => ({ table: 'Orders', item: nextVersion({ ...order, status: 'SETTLED' }, 'SETTLE') })),
    ...touched.map((fund): Write => ({ table: 'Funds', item: nextVersion(fund, 'SETTLE') })),
    ...settled.flatMap((each): Write[] => (each.fill === null ? [] : [{ table: 'Journal', entry: each.fill.entry }])),
    ...settled.map((each): Write => ({ table: 'Decisions', decision: { ...each.decision, state } })),
    ...haltWrites(state, settled, markets),
  ]);
};
