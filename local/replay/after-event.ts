import { changeStatus } from '#core/market/change-status.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { MARKET_OPERATIONS, switched } from '#core/market/switches.ts';
import type { ScenarioEvent } from '../parse-scenario.ts';

/** The market after what people did to it: its status, and the operations that they have stopped, where the event says so. */
export const afterEvent = (market: MarketState, { status, stopped, atMs }: ScenarioEvent): MarketState => {
  const changed = changeStatus(market, status, atMs);
  if (stopped === null) return changed;
  return MARKET_OPERATIONS.reduce((after, operation) => switched(after, operation, stopped.includes(operation)), changed);
};
