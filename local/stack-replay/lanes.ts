import { nextVersion } from '#core/commit.ts';
import type { EnginePorts } from '#functions/adapters/engine-ports.ts';
import { untilCommitted } from '#functions/ports/until-committed.ts';

/**
 * Holds a lane, or lets it go on, as an operator does: marks queue up in a held one and no further wave starts. Nothing is written to a lane that is as it
 * should be already.
 */
export const setHeld = (ports: Pick<EnginePorts, 'loadLane' | 'commit'>, fundId: string, held: boolean): Promise<void> =>
  untilCommitted(`lane ${fundId}`, async () => {
    const lane = await ports.loadLane(fundId);
    return lane.held === held ? 'COMMITTED' : ports.commit([{ table: 'Lanes', item: nextVersion({ ...lane, held }, 'OPERATOR') }]);
  });
