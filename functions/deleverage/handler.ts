import { door } from '../adapters/lambda/door.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { CASE_KEY } from '../adapters/lambda/key-shapes.ts';
import { oncePerBatch } from '../adapters/lambda/once-per-batch.ts';
import { fundOfCase } from '../adapters/lambda/rung-subjects.ts';
import { finishWave } from './finish-wave.ts';

const finish = oncePerBatch((engine) => finishWave(engine.ports));

/** Every case that moves has the first wave of its lane finished if all its orders are settled. */
export const deleverageWaves: StreamFunction = {
  name: 'deleverage',
  doors: [door(CASE_KEY, ['INSERT', 'MODIFY'], (engine) => async (caseId) => finish(engine)(await fundOfCase(engine, caseId)))],
};

export const handler = streamHandler(deleverageWaves);
