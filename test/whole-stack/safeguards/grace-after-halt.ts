import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G13: a market falls while it is halted; after it resumes traders have time before anybody is liquidated. */
export const GRACE_AFTER_HALT: FiredSafeguard = {
  name: 'grace-after-halt',
  files: () =>
    scenarioFiles({
      name: 'grace-after-halt',
      venue: { accounts: TWO_ACCOUNTS, fund: '500', events: '10 | AAA | HALTED\n 25 | AAA | ACTIVE' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94 94' }],
    }),
  edits: { house: [[SAFEGUARDS, '"graceAfterHalt": null', '"graceAfterHalt": "PT60S"']], 'house-guarded': [] },
  shows: ({ document, outcome }) => [countsOf(outcome.tally.safeguards.deferred), document.totals.breaches],
  expected: [{ GRACE_AFTER_HALT: 2 }, 0],
};
