import { nextVersion, type Write } from '#core/commit.ts';
import { dequeue, type LaneWave } from '#core/lane.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import type { LanePort, WavePort } from '../ports/store-ports.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { type OpenPorts, openWave } from './open-wave.ts';

export type OpenLanePorts = OpenPorts & LanePort & WavePort;

const isAtRest = ({ state }: LiquidationCase): boolean => state !== 'ORDERED' && state !== 'ADL_WAIT' && state !== 'ADL_RUN';

/** Once all is opened and every case of the wave is at rest, the wave leaves its lane; a case that waits for counterparties is rung once more. */
const leaveOrRing = (ports: OpenLanePorts, head: LaneWave): Promise<void> =>
  untilCommitted(head.waveId, async () => {
    const lane = await ports.loadLane(head.fundId);
    if (lane.waves[0]?.waveId !== head.waveId || (await ports.hasOrderedCase(head.waveId))) return 'COMMITTED';
    const cases = await ports.loadWaveCases(head.waveId);
    if (cases.every(isAtRest)) return ports.commit([{ table: 'Lanes', item: nextVersion(dequeue(lane, head.waveId), 'OPEN') }]);
    const waiting = cases.find((each) => each.state === 'ADL_WAIT');
    // Its own doorbell may have rung while other nominations were still being opened.
    const ring: Write[] = waiting === undefined ? [] : [{ table: 'Cases', item: nextVersion(waiting, 'OPEN') }];
    return ring.length === 0 ? 'COMMITTED' : ports.commit(ring);
  });

/**
 * Opens the first wave of a lane when its barrier is down: it is rung and no ring is left. Called by every ring that goes and when the lane moves;
 * all but the last call find a ring and do nothing.
 */
export const openLane =
  (ports: OpenLanePorts) =>
  async (fundId: string): Promise<void> => {
    const head = (await ports.loadLane(fundId)).waves[0];
    if (head?.stage !== 'RUNG' || (await ports.hasRings(head.waveId))) return;
    await openWave(ports)(head);
    await leaveOrRing(ports, head);
  };
