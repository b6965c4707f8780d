import { door } from '../adapters/lambda/door.ts';
import type { Engine } from '../adapters/lambda/engine.ts';
import { type StreamFunction, streamHandler } from '../adapters/lambda/handlers.ts';
import { CASE_KEY, ORDER_KEY } from '../adapters/lambda/key-shapes.ts';
import { inWaveOfCase } from '../adapters/lambda/rung-subjects.ts';
import { settleLiquidation } from './settle-liquidation.ts';

const settle = (engine: Engine) => (caseId: string) => inWaveOfCase(engine, caseId, settleLiquidation(engine.ports));

/** An order that ended has its case settled, and so has a case that was opened without an order. */
export const settleLiquidations: StreamFunction = {
  name: 'settle-liquidation',
  doors: [door(ORDER_KEY, ['MODIFY'], settle), door(CASE_KEY, ['INSERT', 'MODIFY'], settle)],
};

export const handler = streamHandler(settleLiquidations);
