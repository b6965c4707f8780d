import { nextVersion } from '#core/commit.ts';
import { dequeue, type LaneWave } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { Side } from '#core/market/side.ts';
import { byCodeUnits } from '#core/ordering.ts';
import type { LanePort, WavePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { type DeleveragePorts, deleverageMarket } from './deleverage.ts';

export type FinishPorts = DeleveragePorts & LanePort & WavePort;

/** Markets and sides with residuals that wait: by market id, LONG before SHORT. */
export const waitingMarkets = (cases: readonly LiquidationCase[]): readonly (readonly [string, Side])[] => {
  const waiting = new Map<string, readonly [string, Side]>();
  for (const leg of cases.flatMap((each) => each.legs).filter((each) => each.awaitsDeleveraging)) {
    waiting.set(`${leg.marketId}#${leg.side}`, [leg.marketId, leg.side]);
  }
  return [...waiting].sort(([a], [b]) => byCodeUnits(a, b)).map(([, each]) => each);
};

/** Whether everything that comes before deleveraging is done: all rings evaluated, all nominations opened, all orders settled. */
const isSettled = async (ports: FinishPorts, head: LaneWave): Promise<boolean> => {
  if (head.stage !== 'RUNG' || (await ports.hasRings(head.waveId)) || (await ports.hasNominations(head.waveId))) return false;
  return !(await ports.hasOrderedCase(head.waveId));
};

const leave = (ports: FinishPorts, head: LaneWave): Promise<void> =>
  untilCommitted(head.waveId, async () => {
    const lane = await ports.loadLane(head.fundId);
    if (lane.waves[0]?.waveId !== head.waveId) return 'COMMITTED';
    return ports.commit([{ table: 'Lanes', item: nextVersion(dequeue(lane, head.waveId), 'DELEVERAGE') }]);
  });

/**
 * Finishes the first wave of a lane once all its orders are settled: deleverages what waits, market by market, and lets the next wave follow.
 * Called by every case that moves; all but the last call find something open and do nothing.
 */
export const finishWave =
  (ports: FinishPorts) =>
  async (fundId: string): Promise<void> => {
    const head = (await ports.loadLane(fundId)).waves[0];
    if (head === undefined || !(await isSettled(ports, head))) return;
    for (const [marketId, side] of waitingMarkets(await ports.loadWaveCases(head.waveId)))
      await deleverageMarket(ports)(head, marketId, side);
    await leave(ports, head);
  };
