import { scenarioFiles } from '../scenario-files.ts';
import { DELEVERAGING, decisionsIn, type FiredSafeguard, TWO_ACCOUNTS } from './fired-safeguard.ts';

const BUDGET = '{ "kind": "BUDGET_OF_DEFICIT", "share": "0.55", "maximumOvershoot": "0.1" }';

/** G11: a last lot that passes the budget by no more than the law lets it is taken, one that would pass it further is left. */
export const OVERSHOOT_BOUND: FiredSafeguard = {
  name: 'overshoot-bound',
  files: () =>
    scenarioFiles({
      name: 'overshoot-bound',
      venue: { accounts: TWO_ACCOUNTS, lotSize: '1', depthPerMark: { AAA: '0' } },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 90 90' }],
    }),
  edits: { house: [[DELEVERAGING, '{ "kind": "FULL" }', BUDGET]], 'house-guarded': [] },
  shows: ({ document: { totals }, outcome }) => [
    decisionsIn(outcome, 'DELEVERAGING').map(({ budget, taken, overshoot }) => [budget, taken, overshoot]),
    totals.overshoot,
    totals.residualQuantity,
  ],
  // At 5 a contract: 5.5 of 10 are 6, 9.1 % above it; 2.2 of the 4 left would be 36 % above it as 3 and are 2.
  expected: [
    [
      ['27.5', '30', '2.5'],
      ['11', '10', '-1'],
    ],
    '1.5',
    '2',
  ],
};
