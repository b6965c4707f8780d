import { givenAfter, remainingAfter } from '#core/adl/deleveraging-plan.ts';
import { remembersGiven } from '#core/adl/plan-quantity.ts';
import { queueLeft } from '#core/adl/queue-left.ts';
import { untilCommitted } from '../ports/until-committed.ts';
import { collectChunk } from './collect-contributions.ts';
import { type ChunkOutcome, commitChunk } from './commit-chunk.ts';
import type { DeleveragePorts } from './deleverage.ts';
import { finishLeg } from './finish-leg.ts';
import type { ResidualInput, WaveUse } from './residual-input.ts';
import { startRun } from './start-run.ts';

/** Books chunk by chunk; ends because every chunk takes at least one of `count` steps. */
const inChunks = async ({ caseId }: ResidualInput, count: number, commitNext: () => Promise<ChunkOutcome>): Promise<void> => {
  let isDone = count === 0;
  while (!isDone) {
    await untilCommitted(caseId, async () => {
      const outcome = await commitNext();
      isDone = outcome === 'DONE';
      return outcome === 'DONE' ? 'COMMITTED' : outcome;
    });
  }
};

/**
 * Takes one residual down the wave's queue: plan, then chunks of transfers, then of contributions where the rest is shared out, then the end of the leg. Returns what the wave has made of it.
 * Repeated after a crash it goes on with the plan that was recorded; once the leg's run has ended it does nothing.
 */
export const deleverageResidual = async (ports: DeleveragePorts, input: ResidualInput): Promise<WaveUse> => {
  const run = await startRun(ports, input);
  if (run === null) return input;
  const { plan, socialization, before } = run;
  if (plan !== null) await inChunks(input, plan.transfers.length, () => commitChunk(ports, input, plan));
  await inChunks(input, socialization.contributions.length, () => collectChunk(ports, input, socialization));
  await untilCommitted(input.caseId, () => finishLeg(ports, input, run));
  if (plan === null) return before;
  return {
    remaining: queueLeft(input.queue.ranking, before.remaining, remainingAfter(plan, before.remaining)),
    given: remembersGiven(ports.ruleSet.deleveraging) ? givenAfter(plan, before.given) : before.given,
  };
};
