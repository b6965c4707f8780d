import { scenarioFiles } from '../scenario-files.ts';
import { bandsIn, countsOf, decisionsIn, type FiredSafeguard, SAFEGUARDS, statusesOf } from './fired-safeguard.ts';

const POLICY = `"securityToValue": { "interval": "PT10S", "measure": "STRESSED", "shock": "0.05", "slippage": "0.01",
  "amber": { "enter": "0.5", "leave": "0.6" }, "red": { "enter": "0.2", "leave": "0.3" }, "onRed": "REDUCE_ONLY" }`;

/**
 * STV-1, STV-3, STV-4 and STV-5 on two markets: less stands behind AAA after a shock than its red line, it may only be reduced until its losing side is
 * deleveraged and nothing is open; BBB is amber. Each change has its ratio, each opening and shortfall the band that it was decided in.
 */
export const SECURITY_TO_VALUE: FiredSafeguard = {
  name: 'security-to-value',
  files: () =>
    scenarioFiles({
      name: 'security-to-value',
      venue: {
        accounts: `
          long1  | 60  | LONG 10 AAA 100
          short1 | 60  | SHORT 10 AAA 100
          long2  | 100 | LONG 10 BBB 50
          short2 | 100 | SHORT 10 BBB 50`,
        fund: '30',
        depthPerMark: { AAA: '0' },
      },
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100.5 94.5 97' },
        { marketId: 'BBB', barSeconds: 60, bars: '50 51 49 50' },
      ],
    }),
  edits: { house: [[SAFEGUARDS, '"securityToValue": null', POLICY]], 'house-guarded': [] },
  shows: ({ outcome }) => ({
    counts: countsOf(outcome.tally.safeguards.bands),
    changes: bandsIn(outcome),
    stamps: (['OPENING', 'SHORTFALL'] as const).flatMap((kind) =>
      decisionsIn(outcome, kind).map(({ security }) => Object(security).AAA?.band),
    ),
    statuses: statusesOf(outcome),
  }),
  expected: {
    counts: { RED: 1, AMBER: 1, GREEN: 1 },
    // 5 % up, 1 % lost: (150 − 10.5) / 1,050, and (230 − 5.25) / 525.
    changes: ['AAA GREEN RED 0.1328 REDUCE_ONLY', 'BBB GREEN AMBER 0.4280 ACTIVE', 'AAA RED GREEN - ACTIVE'],
    stamps: ['RED', 'RED'],
    statuses: { AAA: 'ACTIVE', BBB: 'ACTIVE' },
  },
};
