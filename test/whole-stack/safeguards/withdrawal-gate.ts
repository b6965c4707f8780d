import { scenarioFiles } from '../scenario-files.ts';
import { type FiredSafeguard, SAFEGUARDS, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G12: a pool below zero closes the withdrawals of its asset for longer than the replay lasts. */
export const WITHDRAWAL_GATE: FiredSafeguard = {
  name: 'withdrawal-gate',
  files: () =>
    scenarioFiles({
      name: 'withdrawal-gate',
      venue: { accounts: TWO_ACCOUNTS, fund: '500' },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94 94.5' }],
    }),
  edits: {
    house: [[SAFEGUARDS, '"securityToValue": null', '"securityToValue": null, "withdrawalGate": { "closedFor": "PT1H" }']],
    'house-guarded': [],
  },
  shows: ({ outcome }) => [outcome.tally.safeguards.withdrawalsClosed, [...outcome.tables.Gates.keys()]],
  expected: [1, ['USDT']],
};
