import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, FUNDS } from './fired-safeguard.ts';

/** G9, the balance trigger and the warning: the fund warns, pays down to its start, as far as whole lots go, and no further, and counterparties do the rest. */
export const FUND_LIMITS: FiredSafeguard = {
  name: 'fund-limits',
  files: () =>
    scenarioFiles({
      name: 'fund-limits',
      venue: {
        accounts: 'b1 | 50 | LONG 10 AAA 100\n b2 | 80 | LONG 10 AAA 100\n s1 | 1500 | SHORT 20 AAA 100',
        fund: '100',
        takerFeeRate: '0',
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94 94.5\n 94.5 94.5 89 89' }],
    }),
  edits: {
    house: [
      [FUNDS, '"drawdown": null', '"drawdown": null, "balanceTrigger": { "start": "70", "stop": "90" }, "warning": { "balance": "95" }'],
    ],
    'house-guarded': [],
  },
  shows: ({ document: { totals }, outcome }) => [
    countsOf(outcome.tally.safeguards.fundEvents),
    totals.fundBalance,
    totals.deleveragingFills > 0,
  ],
  expected: [{ 'WARNING_START by BALANCE': 1, 'WARNING_END by BALANCE': 1, 'DELEVERAGING_START by BALANCE': 1 }, '70.002', true],
};
