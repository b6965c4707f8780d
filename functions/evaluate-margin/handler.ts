import { door } from '../adapters/lambda/door.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { POOL_KEY, RING_KEY } from '../adapters/lambda/key-shapes.ts';
import { inWaveOfRing, timeOfPool } from '../adapters/lambda/rung-subjects.ts';
import { evaluateMargin, renewGuards } from './evaluate-margin.ts';

/** A ring has its pool evaluated; a pool that somebody changed gets new guards. */
export const evaluate: StreamFunction = {
  name: 'evaluate-margin',
  doors: [
    door(RING_KEY, ['INSERT'], (engine) => (key) => inWaveOfRing(engine, key, evaluateMargin(engine.ports))),
    door(POOL_KEY, ['INSERT', 'MODIFY'], (engine) => async (poolId) => renewGuards(engine.ports)(poolId, await timeOfPool(engine, poolId))),
  ],
};

export const handler = streamHandler(evaluate);
