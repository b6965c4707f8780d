import { scenarioFiles } from '../scenario-files.ts';
import { type FiredSafeguard, SAFEGUARDS } from './fired-safeguard.ts';

/** G1: a pool in danger with a leg whose market was last marked long ago. */
export const MARK_AGE: FiredSafeguard = {
  name: 'mark-age',
  files: () =>
    scenarioFiles({
      name: 'mark-age',
      venue: { accounts: 'both | 50 | LONG 10 AAA 100 + LONG 1 BBB 50\n other | 900 | SHORT 10 AAA 100 + SHORT 1 BBB 50', fund: '500' },
      paths: [
        { marketId: 'AAA', barSeconds: 120, bars: '100 100 94 94' },
        { marketId: 'BBB', barSeconds: 20, bars: '50 50 50 50' },
      ],
    }),
  edits: { house: [[SAFEGUARDS, '"markMaximumAge": null', '"markMaximumAge": "PT40S"']], 'house-guarded': [] },
  shows: ({ document, outcome }) => [outcome.tally.safeguards.refused > 0, document.totals.breaches],
  expected: [true, 0],
};
