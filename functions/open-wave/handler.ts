import { door } from '../adapters/lambda/door.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { LANE_KEY, WAVE_POOL_KEY } from '../adapters/lambda/key-shapes.ts';
import { oncePerBatch } from '../adapters/lambda/once-per-batch.ts';
import { knownFund } from '../adapters/lambda/rung-subjects.ts';
import { openLane } from './open-lane.ts';

const open = oncePerBatch((engine) => async (fundId) => openLane(engine.ports)(await knownFund(engine, fundId)));

/** Every ring or nomination that goes, and every move of a lane, has the lane's first wave opened if its barrier is down. */
export const openWaves: StreamFunction = {
  name: 'open-wave',
  doors: [
    door(
      WAVE_POOL_KEY,
      ['REMOVE'],
      (engine) =>
        ({ fundId }) =>
          open(engine)(fundId),
    ),
    door(LANE_KEY, ['INSERT', 'MODIFY'], open),
  ],
};

export const handler = streamHandler(openWaves);
