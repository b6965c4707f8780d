import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, TWO_ACCOUNTS } from './fired-safeguard.ts';

/** G14: people stop liquidation in one market, and let it go on when it has recovered for nobody. */
export const KILL_SWITCH: FiredSafeguard = {
  name: 'kill-switch',
  files: () =>
    scenarioFiles({
      name: 'kill-switch',
      venue: {
        accounts: TWO_ACCOUNTS,
        fund: '500',
        events: '10 | AAA | ACTIVE stopped LIQUIDATE\n 40 | AAA | ACTIVE stopped PAY DELEVERAGE',
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94 94' }],
    }),
  edits: { house: [], 'house-guarded': [] },
  shows: ({ document: { totals }, outcome }) => [
    countsOf(outcome.tally.safeguards.deferred),
    totals.breaches,
    totals.fundPaid,
    totals.deleveragingFills,
    totals.residualQuantity,
  ],
  expected: [{ SWITCHED_OFF: 1 }, 1, '0', 0, '10'],
};
