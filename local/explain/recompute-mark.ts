import { acceptMark } from '#core/market/accept-mark.ts';
import type { DecisionRecordFile } from './read-record.ts';
import type { Recorded } from './recompute.ts';

/** Whether a recorded mark gets the recorded verdict again, judged against what the market was before it. */
export const recomputeMark = ({ terms, ruleSet }: DecisionRecordFile, decision: Recorded<'MARK'>): boolean => {
  const { at, observation, before, verdict } = decision;
  const known = terms.get(observation.marketId);
  if (known === undefined) return false;
  const market = {
    ...before,
    terms: known,
    previousMark: null,
    watchedSequence: 0,
    status: 'ACTIVE',
    resumedAt: null,
    security: null,
    stopped: [],
    version: 0,
    lastWriter: 'RECORD',
  } as const;
  const again = acceptMark(market, observation, ruleSet.safeguards, at);
  if (again.kind !== verdict.kind) return false;
  return again.kind === 'ACCEPTED' ? again.confirmedJump === verdict.confirmedJump : again.reason === verdict.reason;
};
