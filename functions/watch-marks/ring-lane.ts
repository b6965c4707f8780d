import { movedWith } from '#core/lane.ts';
import { ringWave, type WatchPorts } from './watch-marks.ts';

/** Rings the first wave of a lane, unless the lane is held or that wave is rung already. Whatever doorbell, it looks at the lane and does what is due. */
export const ringLane =
  (ports: WatchPorts) =>
  async (fundId: string): Promise<void> => {
    const lane = await ports.loadLane(fundId);
    const head = lane.waves[0];
    if (lane.held || head?.stage !== 'QUEUED') return;
    await ringWave(ports)(head, movedWith(lane));
  };
