import { type DeleveragingPlan, remainingAfter } from '#core/adl/decide-deleveraging.ts';
import { type QueueLeft, queueLeft } from '#core/adl/queue-left.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { commitChunk } from './commit-chunk.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { finishLeg } from './finish-leg.ts';
import type { ResidualInput } from './residual-input.ts';
import { startRun } from './start-run.ts';

/** Books a plan chunk by chunk; ends because every chunk takes at least one transfer of the plan. */
const bookPlan = async (ports: DeleveragePorts, input: ResidualInput, plan: DeleveragingPlan): Promise<void> => {
  let isDone = plan.transfers.length === 0;
  while (!isDone) {
    await untilCommitted(input.caseId, async () => {
      const outcome = await commitChunk(ports, input, plan);
      isDone = outcome === 'DONE';
      return outcome === 'DONE' ? 'COMMITTED' : outcome;
    });
  }
};

/**
 * Takes one residual down the wave's queue: plan, then chunks of transfers, then the end of the leg. Returns what the queue has left.
 * Repeated after a crash it goes on with the plan that was recorded; once the leg's run has ended it does nothing.
 */
export const deleverageResidual = async (ports: DeleveragePorts, input: ResidualInput): Promise<QueueLeft> => {
  const run = await startRun(ports, input);
  if (run === null) return input.remaining;
  if (run.plan !== null) await bookPlan(ports, input, run.plan);
  await untilCommitted(input.caseId, () => finishLeg(ports, input));
  if (run.plan === null) return run.remaining;
  return queueLeft(input.queue.ranking, run.remaining, remainingAfter(run.plan, run.remaining));
};
