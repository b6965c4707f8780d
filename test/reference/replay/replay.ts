import { type Fraction, fraction } from '../fraction.ts';
import { deleverage } from './deleveraging.ts';
import { judge, type MarginCall, openingOrder } from './margin-call.ts';
import { type Depth, fillOrders, refillDepth } from './market-fills.ts';
import { type OpenedCase, openCase } from './opened-case.ts';
import { legsOf, ordersOf } from './order.ts';
import { ReplayTotals } from './replay-totals.ts';
import type { ReplayScenario } from './scenario.ts';
import { initialState, type VenueState } from './venue-state.ts';

export interface ReferenceReplay {
  readonly state: VenueState;
  readonly totals: ReplayTotals;
}

/** What the rules want of every pool with a position in the market; an open case of a pool that they leave alone is cancelled. */
const callsOf = (state: VenueState, marketId: string): readonly MarginCall[] =>
  state.pools
    .filter((pool) => pool.positions.some((position) => position.marketId === marketId))
    .flatMap((pool) => {
      const call = judge(state, pool);
      if (call?.wants === 'NONE') pool.openCase = null;
      return call === null || call.wants === 'NONE' ? [] : [call];
    });

/** A case counts once, and once in each market that it means to close something in. */
const countOpened = (state: VenueState, cases: readonly OpenedCase[], totals: ReplayTotals): void => {
  for (const opened of cases.filter(({ isNew }) => isNew)) {
    totals.cases += 1;
    for (const { position } of legsOf(state, opened)) totals.count(position.marketId, 'breaches');
  }
};

/** Everything that one mark sets off: judge all, open in order, fill, deleverage what is left together. */
const runWave = ({ state, totals, depth }: ReferenceReplay & { readonly depth: Depth }, marketId: string): void => {
  const cases = openingOrder(state, callsOf(state, marketId)).map((call) => openCase(state, call));
  countOpened(state, cases, totals);
  fillOrders(state, depth, ordersOf(state, cases), totals);
  deleverage(state, cases, totals);
  for (const { pool } of cases) if (pool.positions.length === 0) pool.openCase = null;
};

/** Replays a scenario under the neutral rules (`house`), with exact fractions, looking at every pool at every mark of a market it holds. */
export const replay = (scenario: ReplayScenario): ReferenceReplay => {
  const state = initialState(scenario);
  const run = { state, totals: new ReplayTotals([...state.markets.keys()]), depth: new Map<string, Fraction>() };
  for (const marks of scenario.instants) {
    for (const { marketId, price } of marks) {
      state.marks.set(marketId, fraction(price));
      refillDepth(run.depth, scenario, marketId);
    }
    for (const { marketId } of marks) runWave(run, marketId);
  }
  for (const { openCase, positions } of state.pools) {
    if (openCase === null) continue;
    for (const { marketId, quantity } of positions) run.totals.add(marketId, 'residualQuantity', quantity);
  }
  return run;
};
