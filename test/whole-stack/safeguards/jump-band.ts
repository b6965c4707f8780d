import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G4: one false print far from the last mark, then the market as it was. */
export const JUMP_BAND: FiredSafeguard = {
  name: 'jump-band',
  files: () =>
    scenarioFiles({
      name: 'jump-band',
      venue: { accounts: TWO_ACCOUNTS, fund: '500' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 80 99' }],
    }),
  edits: { house: [[SAFEGUARDS, '"jumpBand": null', '"jumpBand": "0.1"']], 'house-guarded': [] },
  shows: ({ document, outcome }) => [countsOf(outcome.tally.safeguards.quarantined), document.totals.breaches],
  expected: [{ JUMP_UNCONFIRMED: 1 }, 0],
};
