import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, SAFEGUARDS, statusesOf } from './fired-safeguard.ts';

const POLICY = `"securityToValue": { "interval": "PT10S", "measure": "STRESSED", "shock": "0.05", "slippage": "0.01",
  "amber": { "enter": "0.5", "leave": "0.6" }, "red": { "enter": "0.2", "leave": "0.3" }, "onRed": "REDUCE_ONLY" }`;

/** STV-3 on two markets: little stands behind AAA, which turns red and may only be reduced; much behind BBB. */
export const SECURITY_TO_VALUE: FiredSafeguard = {
  name: 'security-to-value',
  files: () =>
    scenarioFiles({
      name: 'security-to-value',
      venue: {
        accounts: `
          long1  | 60  | LONG 10 AAA 100
          short1 | 60  | SHORT 10 AAA 100
          long2  | 900 | LONG 10 BBB 50
          short2 | 900 | SHORT 10 BBB 50`,
        fund: '30',
      },
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100.5 96 97' },
        { marketId: 'BBB', barSeconds: 60, bars: '50 51 49 50' },
      ],
    }),
  edits: { house: [[SAFEGUARDS, '"securityToValue": null', POLICY]], 'house-guarded': [] },
  shows: ({ outcome }) => [countsOf(outcome.tally.safeguards.bands), statusesOf(outcome)],
  expected: [{ RED: 1 }, { AAA: 'REDUCE_ONLY', BBB: 'ACTIVE' }],
};
