import type { LastReduction, Pool } from '../account/pool.ts';
import type { MarginEvent, Verdict } from '../policy.ts';
import { type DurationMs, type EpochMs, epochMs, intervalStart } from '../units/time.ts';
import type { RecoveryPolicy, ReductionEvent } from './reduction-policy.ts';

/** Until when a reduction sent at `at` holds back or changes the next one: the end of its cooldown or of its interval; null where it does neither. */
const untilOf = (event: MarginEvent, at: EpochMs): EpochMs | null => {
  const after = (start: EpochMs, length: DurationMs): EpochMs => epochMs(start + length);
  switch (event.type) {
    case 'REDUCE_BY_FRACTION':
      return event.cooldown === null ? null : after(at, event.cooldown.length);
    case 'REDUCE_BY_PORTION':
      return after(intervalStart(at, event.interval), event.interval);
    case 'REDUCE_TO_TIER':
    case 'REDUCE_EQUALLY':
    case 'REDUCE_TO_RECOVERY':
    case 'LIQUIDATE':
    case 'WARN':
    case 'TAKE_OVER':
      return null;
  }
};

/** A reduction within a cooldown that is for the whole position belongs to the cooldown that runs, and starts none of its own. */
const goesOn = (event: MarginEvent, before: LastReduction | null, at: EpochMs): boolean =>
  event.type === 'REDUCE_BY_FRACTION' && event.cooldown?.meanwhile === 'CLOSE_ALL' && before !== null && at < before.until;

/**
 * What a pool remembers of a part that is sent now, by a reduction or by a close of one position of several; null where nothing depends on it later, so that a pool under such rules is never written for it.
 * Sent counts, filled or not: an order that found nobody is no reason to send more at once.
 */
export const partSent = (
  { lastReduction }: Pick<Pool, 'lastReduction'>,
  { rule, event }: { readonly rule: string; readonly event: MarginEvent },
  { recovery }: Pick<RecoveryPolicy, 'recovery'>,
  at: EpochMs,
): LastReduction | null => {
  if (goesOn(event, lastReduction, at)) return lastReduction;
  const until = untilOf(event, at);
  if (until === null && recovery === 'MAINTENANCE') return null;
  return { rule, at, until: until ?? at };
};

/** Whether a reduction has to wait: the cooldown of a first part whose rules wait, or the interval of a portion, is not over. */
export const isCoolingDown = ({ lastReduction }: Pick<Pool, 'lastReduction'>, event: ReductionEvent, now: EpochMs): boolean => {
  const waits = event.type === 'REDUCE_BY_PORTION' || (event.type === 'REDUCE_BY_FRACTION' && event.cooldown?.meanwhile === 'WAIT');
  return waits && lastReduction !== null && now < lastReduction.until;
};

/** Whether a reduction with a cooldown is now for whole positions: within it (CLOSE_ALL) or after it (WAIT). */
export const closesAll = ({ lastReduction }: Pick<Pool, 'lastReduction'>, event: ReductionEvent, now: EpochMs): boolean => {
  if (event.type !== 'REDUCE_BY_FRACTION' || event.cooldown === null || lastReduction === null) return false;
  switch (event.cooldown.meanwhile) {
    case 'CLOSE_ALL':
      return now < lastReduction.until;
    case 'WAIT':
      return now >= lastReduction.until;
  }
};

/** Whether a breach later would still be treated by what happened before: only a cooldown that counts by time alone outlives the pool's recovery. */
const outlives = (event: MarginEvent | undefined): boolean =>
  event?.type === 'REDUCE_BY_PORTION' || (event?.type === 'REDUCE_BY_FRACTION' && event.cooldown?.meanwhile === 'CLOSE_ALL');

/** What a pool that nothing has to be opened for still remembers: what counts by time until that is over, else nothing. */
export const rememberedWhenSafe = (
  { lastReduction }: Pick<Pool, 'lastReduction'>,
  verdicts: readonly Verdict<MarginEvent>[],
  now: EpochMs,
): LastReduction | null => {
  if (lastReduction === null || now >= lastReduction.until) return null;
  return outlives(verdicts.find(({ rule }) => rule === lastReduction.rule)?.event) ? lastReduction : null;
};
