import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G2: a mark that its index does not follow. */
export const INDEX_DIVERGENCE: FiredSafeguard = {
  name: 'index-divergence',
  files: () =>
    scenarioFiles({
      name: 'index-divergence',
      venue: { accounts: TWO_ACCOUNTS, fund: '500' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94 99', index: '100 100 100 100' }],
    }),
  edits: { house: [[SAFEGUARDS, '"indexDivergence": null', '"indexDivergence": "0.05"']], 'house-guarded': [] },
  shows: ({ document, outcome }) => [countsOf(outcome.tally.safeguards.quarantined), document.totals.breaches],
  expected: [{ INDEX_DIVERGENCE: 1 }, 0],
};
