import { acceptMark } from '#core/market/accept-mark.ts';
import type { DecisionRecordFile } from './read-record.ts';
import type { Recorded } from './recompute.ts';

/**
 * Whether a recorded mark gets the recorded verdict again, as far as its record tells: age and index divergence are judged from the observation alone;
 * a jump is one from the mark accepted before it, which the record takes as given.
 */
export const recomputeMark = ({ terms, ruleSet }: DecisionRecordFile, { at, observation, verdict }: Recorded<'MARK'>): boolean => {
  const known = terms.get(observation.marketId);
  if (known === undefined) return false;
  const unseen = {
    terms: known,
    accepted: null,
    pending: null,
    sequenceSeen: observation.sequence - 1,
    watchedSequence: 0,
    status: 'ACTIVE',
    resumedAt: null,
    version: 0,
    lastWriter: 'RECORD',
  } as const;
  const again = acceptMark(unseen, observation, ruleSet.safeguards, at);
  if (verdict.kind === 'IGNORED') return true;
  const restsOnJump = verdict.kind === 'ACCEPTED' || verdict.reason === 'JUMP_UNCONFIRMED';
  return again.kind === 'QUARANTINED' ? verdict.kind === 'QUARANTINED' && verdict.reason === again.reason : restsOnJump;
};
