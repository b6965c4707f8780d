import { afterCase } from '#core/account/pool.ts';
import { nextVersion, type Write } from '#core/commit.ts';
import { shortfallIdOf } from '#core/decision.ts';
import { type FundState, fundAt } from '#core/insurance/fund-state.ts';
import { isBeyondReservation, stateAfterOrders } from '#core/insurance/settle-outcome.ts';
import { invariant, present } from '#core/invariant.ts';
import { advanceTo, type CaseLeg, type CaseState, isLive, type LiquidationCase, withLeg } from '#core/liquidation/liquidation-case.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { sum } from '#core/units/decimal.ts';
import { money } from '#core/units/money.ts';
import { fundWrites } from '../ports/fund-writes.ts';
import { nextPortion, orderFor } from './next-portion.ts';
import { type LegSettlement, settleLeg } from './settle-leg.ts';
import type { SettlementInputs, SettlePorts } from './settle-liquidation.ts';

/** What the rules said about a leg, whether it is settled now or was before. */
type Ruled = Pick<LegSettlement, 'leg' | 'choice'>;

/** What was said about legs that earlier commits of this attempt settled. */
const ruledBefore = async (ports: SettlePorts, liquidation: LiquidationCase, legs: readonly CaseLeg[]): Promise<readonly Ruled[]> => {
  const ruled: Ruled[] = [];
  for (const leg of legs) {
    const recorded = await ports.loadDecision(shortfallIdOf(liquidation, leg));
    invariant(recorded?.kind === 'SHORTFALL', `settled leg ${leg.side} ${leg.marketId} of case ${liquidation.caseId} has its decision`);
    ruled.push({ leg, choice: recorded.choice });
  }
  return ruled;
};

/** What the legs of a commit draw on: the funds as they are stored and as the legs leave them, and their markets. */
interface Touched {
  readonly stored: Map<string, FundState>;
  readonly funds: Map<string, FundState>;
  readonly markets: Map<string, MarketState>;
}

const settleLegs = async (ports: SettlePorts, inputs: SettlementInputs, legs: readonly CaseLeg[], { stored, funds, markets }: Touched) => {
  const settled: LegSettlement[] = [];
  let pool = inputs.pool;
  for (const leg of legs) {
    const fundId = ports.fundIdOf(leg.marketId);
    if (!stored.has(fundId)) stored.set(fundId, await ports.loadFund(fundId));
    const fund = funds.get(fundId) ?? fundAt(present(stored.get(fundId), `fund ${fundId} exists`), inputs.wave.at);
    const market = markets.get(leg.marketId) ?? present(await ports.loadMarket(leg.marketId), `market ${leg.marketId} exists`);
    const one = await settleLeg(ports, { inputs, pool, leg, order: orderFor(inputs.orders, leg), fund, market });
    pool = one.pool;
    funds.set(fundId, one.fund);
    markets.set(leg.marketId, market);
    settled.push(one);
  }
  return settled;
};

/** The state of the whole case: the first leg that wants more than closing decides, a halt before everything. Closed legs ask only for what they cost. */
const caseState = (liquidation: LiquidationCase, ruled: readonly Ruled[]): CaseState => {
  const open = ruled.filter((each) => !each.leg.residualQuantity.isZero());
  const choices = open.map((each) => each.choice);
  const overrun = ruled.find((each) => isBeyondReservation(each.choice))?.choice;
  const halting = overrun ?? choices.find((choice) => choice.halts);
  const deleveraging = open.find((each) => each.leg.awaitsDeleveraging);
  const choice = halting ??
    deleveraging?.choice ??
    choices[0] ?? { absorbs: true, deleverages: false, socializes: false, halts: false, error: null };
  return stateAfterOrders(liquidation, choice, deleveraging !== undefined);
};

const haltWrites = (state: CaseState, ruled: readonly Ruled[], markets: ReadonlyMap<string, MarketState>): readonly Write[] => {
  if (state !== 'HALTED') return [];
  const halting = new Set(ruled.filter((each) => each.choice.halts).map((each) => each.leg.marketId));
  return [...markets.values()]
    .filter(({ terms }) => halting.has(terms.marketId))
    .map((market): Write => ({ table: 'Markets', item: nextVersion({ ...market, status: 'HALTED' }, 'SETTLE') }));
};

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

/** Markets that a halting case stops, also those of legs that were settled before. */
const withHalted = async (ports: SettlePorts, ruled: readonly Ruled[], markets: Map<string, MarketState>): Promise<void> => {
  for (const { leg, choice } of ruled) {
    if (!choice.halts || markets.has(leg.marketId)) continue;
    markets.set(leg.marketId, present(await ports.loadMarket(leg.marketId), `market ${leg.marketId} exists`));
  }
};

/** What one commit settles, and whether the case moves on with it. */
export interface Settlement {
  readonly writes: readonly Write[];
  readonly isLast: boolean;
}

/**
 * Settles the next legs of a case in one transaction; with the last of them the case moves on. A case of few legs is settled whole; a larger one in
 * portions, each booked to the end. Their decisions name the state that the case has after their own commit.
 */
export const settlementOf = async (ports: SettlePorts, inputs: SettlementInputs): Promise<Settlement> => {
  const stored = new Map<string, FundState>();
  const funds = new Map<string, FundState>();
  const markets = new Map<string, MarketState>();
  const { legs, before, isLast } = nextPortion(inputs);
  const settled = await settleLegs(ports, inputs, legs, { stored, funds, markets });
  const changed = settledCase(inputs.liquidation, settled);
  const ruled: readonly Ruled[] = isLast ? [...(await ruledBefore(ports, inputs.liquidation, before)), ...settled] : settled;
  const state = isLast ? caseState(changed, ruled) : 'ORDERED';
  if (state === 'HALTED') await withHalted(ports, ruled, markets);
  const pool = settled.at(-1)?.pool ?? inputs.pool;
  const writing = { writer: 'SETTLE' as const, wave: inputs.wave, ruleSet: ports.ruleSet.reference };
  const touched = touchedFunds(ports, inputs, settled, funds);
  const orders = inputs.orders.filter((order) => order.status === 'ENDED' && settled.some(({ leg }) => orderFor([order], leg) !== null));
  const writes: readonly Write[] = [
    { table: 'Cases', item: nextVersion(advanceTo(changed, state), 'SETTLE') },
    { table: 'Pools', item: nextVersion(afterCase(pool, isLive(state)), 'SETTLE') },
    ...orders.map((order): Write => ({ table: 'Orders', item: nextVersion({ ...order, status: 'SETTLED' }, 'SETTLE') })),
    ...touched.flatMap((fund) => fundWrites(present(stored.get(fund.fundId), 'a touched fund was read'), fund, writing)),
    ...settled.flatMap((each): Write[] => (each.fill === null ? [] : [{ table: 'Journal', entry: each.fill.entry }])),
    ...settled.map((each): Write => ({ table: 'Decisions', decision: { ...each.decision, state } })),
    ...haltWrites(state, ruled, markets),
  ];
  return { writes, isLast };
};
