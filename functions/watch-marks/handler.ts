import { door } from '../adapters/lambda/door.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { LANE_KEY, OBSERVATION_KEY } from '../adapters/lambda/key-shapes.ts';
import { knownFund, rungObservation } from '../adapters/lambda/rung-subjects.ts';
import { ringLane } from './ring-lane.ts';
import { publishMark } from './watch-marks.ts';

/** An observation publishes its mark; it and every move of a lane ring the lane's first wave. */
export const watchMarks: StreamFunction = {
  name: 'watch-marks',
  doors: [
    door(OBSERVATION_KEY, ['INSERT'], (engine) => async (key) => {
      const observation = await rungObservation(engine, key);
      await publishMark(engine.ports)(observation, engine.clock.at(observation.observedAt));
      await ringLane(engine.ports)(engine.ports.fundIdOf(key.marketId));
    }),
    door(LANE_KEY, ['INSERT', 'MODIFY'], (engine) => async (fundId) => ringLane(engine.ports)(await knownFund(engine, fundId))),
  ],
};

export const handler = streamHandler(watchMarks);
