import { nextVersion } from '#core/commit.ts';
import { present } from '#core/invariant.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { untilCommitted } from '#functions/ports/until-committed.ts';
import type { ScenarioEvent } from '../parse-scenario.ts';
import { afterEvent } from '../replay/after-event.ts';

/** Events after one instant and up to the next; null for those before the first. */
export const eventsBetween = (events: readonly ScenarioEvent[], after: EpochMs | null, upTo: EpochMs): readonly ScenarioEvent[] =>
  events.filter(({ atMs }) => (after === null || atMs > after) && atMs <= upTo);

const afterAll = (market: MarketState, events: readonly ScenarioEvent[]): MarketState => events.reduce(afterEvent, market);

/**
 * Halts and resumes markets, stops operations in them and lets them go on, as the events of one stretch of time say, each market in one write that leads to where they end: repeated after a crash it
 * finds the market there and writes nothing, and nobody sees a status in between.
 */
export const applyEvents = async (ports: Pick<EnginePorts, 'loadMarket' | 'commit'>, events: readonly ScenarioEvent[]): Promise<void> => {
  for (const marketId of new Set(events.map((event) => event.marketId))) {
    const ofMarket = events.filter((event) => event.marketId === marketId);
    await untilCommitted(`market ${marketId}`, async () => {
      const market = present(await ports.loadMarket(marketId), `market ${marketId} exists`);
      const after = afterAll(market, ofMarket);
      const isThere =
        after.status === market.status && after.resumedAt === market.resumedAt && after.stopped.join() === market.stopped.join();
      return isThere ? 'COMMITTED' : ports.commit([{ table: 'Markets', item: nextVersion(after, 'OPERATOR') }]);
    });
  }
};
