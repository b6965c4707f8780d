import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS } from './fired-safeguard.ts';

/** G5 and the cascade brake: one opening at a time, the others wait, and no longer than their time. */
export const THROTTLE: FiredSafeguard = {
  name: 'throttle',
  files: () =>
    scenarioFiles({
      name: 'throttle',
      venue: { accounts: 'b1 | 40 | LONG 10 AAA 100\n b2 | 42 | LONG 10 AAA 100\n s1 | 2000 | SHORT 20 AAA 100', fund: '500' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 95.5 95.6\n 95.5 95.6 95.5 95.5' }],
    }),
  edits: {
    house: [[SAFEGUARDS, '"throttle": null', '"throttle": { "notionalPerMarket": "1000", "interval": "PT1H", "maximumDelay": "PT30S" }']],
    'house-guarded': [],
  },
  shows: ({ document, outcome }) => [countsOf(outcome.tally.safeguards.deferred), document.totals.breaches],
  expected: [{ THROTTLED: 2 }, 2],
};
