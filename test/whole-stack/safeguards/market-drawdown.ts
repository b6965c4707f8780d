import { scenarioFiles } from '../scenario-files.ts';
import { countsOf, type FiredSafeguard, FUNDS } from './fired-safeguard.ts';

const DRAWDOWN =
  '"drawdown": { "measure": "MARKET_RESULT", "window": "PT8H", "trigger": "0.3", "release": "0.25", "operator": "AT_LEAST", "minimumBalance": "10" }';

/** G10 by market: AAA costs the fund 30 % of its peak and is deleveraged from there on, BBB is still paid for. */
export const MARKET_DRAWDOWN: FiredSafeguard = {
  name: 'market-drawdown',
  files: () =>
    scenarioFiles({
      name: 'market-drawdown',
      venue: {
        accounts: `
          a1 | 50   | LONG 10 AAA 100
          a2 | 1500 | SHORT 10 AAA 100
          b1 | 25   | LONG 10 BBB 50
          b2 | 1500 | SHORT 10 BBB 50`,
        fund: '100',
      },
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100 90 90' },
        { marketId: 'BBB', barSeconds: 120, bars: '50 50 47 47' },
      ],
    }),
  edits: { house: [[FUNDS, '"drawdown": null', DRAWDOWN]], 'house-guarded': [] },
  shows: ({ document: { markets }, outcome }) => [
    countsOf(outcome.tally.safeguards.fundEvents),
    markets.AAA?.fundPaid,
    Number(markets.AAA?.deleveragedQuantity) > 0,
    markets.BBB?.fundPaid,
  ],
  expected: [{ 'DELEVERAGING_START by RATE': 1 }, '30', true, '5'],
};
