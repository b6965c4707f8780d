import { moved, SHARE, type Wordings } from './wording.ts';

/** What is left to say of a rule once its conditions, its event and the order of all rules are told. */
export const RULE_WORDINGS: Wordings = {
  priority: (before, after) => ({ what: `priority ${String(before)} → ${String(after)}`, effect: 'asked in the same order as before' }),
  'event.params.fraction': moved('fraction of every position that is closed', SHARE, {
    more: 'more is closed at once',
    less: 'less is closed at once',
  }),
};
