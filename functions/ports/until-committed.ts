import type { CommitOutcome } from '#core/commit.ts';

/** Other writers won every attempt. Weather, not a fault: the record is delivered again. */
export class CommitConflict extends Error {
  override readonly name = 'CommitConflict';
}

/** Attempts at one item before the record is given back to the stream. */
export const COMMIT_ATTEMPTS_MAX = 5;

/**
 * Runs load → decide → commit again while somebody else writes in between, at most `COMMIT_ATTEMPTS_MAX` times.
 * `attempt` re-reads everything it decides on and returns the outcome of its one commit; it is told how often it lost. Throws `CommitConflict` beyond the bound.
 */
export const untilCommitted = async (what: string, attempt: (retries: number) => Promise<CommitOutcome>): Promise<void> => {
  for (let count = 0; count < COMMIT_ATTEMPTS_MAX; count += 1) {
    if ((await attempt(count)) === 'COMMITTED') return;
  }
  throw new CommitConflict(`\`${what}\` met another writer ${COMMIT_ATTEMPTS_MAX} times in a row`);
};
