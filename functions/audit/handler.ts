import { timeOfRun } from '../adapters/lambda/clock.ts';
import { type ScheduledFunction, scheduledHandler } from '../adapters/lambda/handlers.ts';
import { auditRunReport } from '../adapters/lambda/run-reports.ts';
import { REMAINING_MS_MIN } from '../adapters/lambda/stream-batch.ts';
import { audit } from './audit.ts';

/** Once a minute, the books of the waves that finished since are checked. */
export const auditBooks: ScheduledFunction = {
  name: 'audit',
  run: async (runtime, remainingMs) => {
    const { ports, fundIds } = await runtime.engine();
    const hasTime = () => remainingMs() > REMAINING_MS_MIN;
    return auditRunReport(await audit({ ...ports, ...runtime.audit, hasTime })(fundIds, timeOfRun()));
  },
};

export const handler = scheduledHandler(auditBooks);
