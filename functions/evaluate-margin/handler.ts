import { batchPorts } from '../adapters/lambda/batch-ports.ts';
import { door } from '../adapters/lambda/door.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { POOL_KEY, RING_KEY } from '../adapters/lambda/key-shapes.ts';
import { oncePerBatch } from '../adapters/lambda/once-per-batch.ts';
import { inWaveOfRing, timeOfPool } from '../adapters/lambda/rung-subjects.ts';
import { evaluateMargin, renewGuards } from './evaluate-margin.ts';

const renew = oncePerBatch((engine) => async (poolId) => {
  const ports = batchPorts(engine);
  return renewGuards(ports)(poolId, (pool) => timeOfPool({ ...engine, ports }, pool));
});

/** A ring has its pool evaluated; a pool that somebody changed gets new guards. */
export const evaluate: StreamFunction = {
  name: 'evaluate-margin',
  doors: [
    door(RING_KEY, ['INSERT'], (engine) => (key) => inWaveOfRing(engine, key, evaluateMargin(batchPorts(engine)))),
    door(POOL_KEY, ['INSERT', 'MODIFY'], renew),
  ],
};

export const handler = streamHandler(evaluate);
