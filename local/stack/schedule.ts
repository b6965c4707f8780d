import { randomUUID } from 'node:crypto';
import type { Invoke } from './function-host.ts';
import type { Pace } from './pace.ts';
import { reasonOf, type StackEvent } from './stack-event.ts';
import type { ScheduleTemplate } from './template-schedules.ts';

/** What one schedule needs to run. */
export interface SchedulePorts {
  readonly schedule: ScheduleTemplate;
  readonly invoke: Invoke;
  readonly report: (event: StackEvent) => void;
  /** Its own: a schedule is woken by the end alone. */
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

const scheduledEvent = (scheduleId: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '000000000000',
  time: new Date().toISOString(),
  region: 'local',
  resources: [scheduleId],
  detail: {},
});

/** Runs a function at its rate until the signal, first after one period. Runs never overlap; a failed one is reported and the next comes in time. */
export const runSchedule = async ({ schedule, invoke, report, pace, signal }: SchedulePorts): Promise<void> => {
  const { functionName, scheduleId, everyMs } = schedule;
  while (!signal.aborted) {
    await pace.rest(everyMs);
    if (signal.aborted) return;
    try {
      await invoke(functionName, scheduledEvent(scheduleId));
    } catch (error) {
      report({ kind: 'SCHEDULE_FAILED', functionName, reason: reasonOf(error) });
    }
  }
};
