import { START_MS } from '../../support/small-venue.ts';
import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, decisionsIn, type FiredSafeguard, SAFEGUARDS } from './fired-safeguard.ts';

/** G5, FPP-3: one opening at a time, the other waits in line, visibly, and is opened when it has waited for 30 s whatever the throttle says. */
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
  shows: ({ document, outcome }) => [
    countsOf(outcome.tally.safeguards.deferred),
    document.totals.breaches,
    decisionsIn(outcome, 'OPENING').map(({ poolId, outcome: how, deferral, at }) => [
      poolId,
      how,
      deferral,
      (Number(at) - START_MS) / 1000,
    ]),
  ],
  expected: [
    { THROTTLED: 2 },
    2,
    [
      ['b1#CROSS#USDT', 'OPENED', null, 30],
      ['b2#CROSS#USDT', 'DEFERRED', 'THROTTLED', 30],
      ['b2#CROSS#USDT', 'DEFERRED', 'THROTTLED', 45],
      ['b2#CROSS#USDT', 'OPENED', null, 60],
    ],
  ],
};
