import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G3: a mark that is less than half of where marks have been on average. */
export const VOLATILITY: FiredSafeguard = {
  name: 'volatility',
  files: () =>
    scenarioFiles({
      name: 'volatility',
      venue: { accounts: TWO_ACCOUNTS, fund: '500' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 40 98' }],
    }),
  edits: {
    house: [[SAFEGUARDS, '"securityToValue": null', '"securityToValue": null, "volatility": { "window": "PT1H", "ratio": "2" }']],
    'house-guarded': [],
  },
  shows: ({ document, outcome }) => [countsOf(outcome.tally.safeguards.quarantined), document.totals.breaches],
  expected: [{ VOLATILE: 1 }, 0],
};
