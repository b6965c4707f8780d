import { movedWith } from '#core/lane.ts';
import { ringWave, type WatchPorts } from './watch-marks.ts';

/** Waves that one doorbell rings: quiet ones leave at once, and the lane's own record goes on with what is left. */
const WAVES_PER_DOORBELL_MAX = 20;

/**
 * Rings the first wave of a lane, unless the lane is held or that wave is rung already; when it endangers nobody, the next one too. Whatever doorbell, it
 * looks at the lane and does what is due.
 */
export const ringLane =
  (ports: WatchPorts) =>
  async (fundId: string): Promise<void> => {
    for (let waves = 0; waves < WAVES_PER_DOORBELL_MAX; waves += 1) {
      const lane = await ports.loadLane(fundId);
      const head = lane.waves[0];
      if (lane.held || head?.stage !== 'QUEUED') return;
      const rings = await ringWave(ports)(head, movedWith(lane));
      if (rings.length > 0) return;
    }
  };
