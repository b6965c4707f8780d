import { scenarioFiles } from '../scenario-files.ts';
import { choicesIn, type FiredSafeguard, MARGIN_RULES, ordersByKind } from './fired-safeguard.ts';

const TAKE_OVER_SMALL = `"rules": [
  { "name": "take-over", "priority": 40, "event": { "type": "TAKE_OVER" },
    "conditions": { "all": [{ "fact": "marginExcess", "operator": "decimalLessThan", "value": "0" },
                            { "fact": "notionalValue", "operator": "decimalAtMost", "value": "300" }] } },`;

/**
 * CEL-1 to CEL-8: the mark decides while its index stands still; who is large needs more and steps down to the lower tier; orders are cancelled first; a
 * takeover ends at exactly zero; a surplus is the fund's, it pays for what a close lacks, and counterparties come last; every stage leaves its order.
 */
export const CENTRAL_LIQUIDATION: FiredSafeguard = {
  name: 'central-liquidation',
  files: () =>
    scenarioFiles({
      name: 'central-liquidation',
      venue: {
        accounts: `
          big   | 62   | LONG 20 AAA 100
          tiny  | 5    | LONG 3 AAA 100
          mid   | 19   | LONG 10 AAA 100
          deep  | 30   | LONG 10 AAA 100
          other | 9000 | SHORT 43 AAA 100`,
        fund: '5',
        tiers: '1000 0.01 + null 0.05',
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 99 99\n 95 95 95 95', index: '100 100 100 100\n 100 100 100 100' }],
    }),
  edits: { house: [[MARGIN_RULES, '"rules": [', TAKE_OVER_SMALL]], 'house-guarded': [] },
  shows: ({ document: { totals }, outcome }) => ({
    choices: choicesIn(outcome),
    orders: ordersByKind(outcome),
    takenOver: outcome.tables.Pools.get('tiny#CROSS#USDT')?.balance.toFixed(),
    fund: [totals.fundReceived, totals.fundPaid],
    deleveraged: totals.deleveragedQuantity,
  }),
  expected: {
    // At 99 a value of 1,980 needs 59 of 42, one of 990 needs 9.9 of 9 or of 20; at 95 what big kept needs 9.6 of 1.6.
    choices: ['big LIQUIDATE 95', 'big REDUCE 99', 'deep LIQUIDATE 95', 'mid LIQUIDATE 99', 'tiny TAKE_OVER 99'],
    orders: {
      'big#1 CANCEL_ORDERS': 1,
      'big#1 LIQUIDATION': 1,
      'big#2 CANCEL_ORDERS': 1,
      'big#2 LIQUIDATION': 1,
      'deep#1 CANCEL_ORDERS': 1,
      'deep#1 DELEVERAGING': 1,
      'deep#1 LIQUIDATION': 1,
      'mid#1 CANCEL_ORDERS': 1,
      'mid#1 LIQUIDATION': 1,
    },
    takenOver: '0',
    // mid closes 0.9 above its bankruptcy price and big 0.158, deep 2 below it: the 14 that are there pay for 7 contracts, and 3 are deleveraged.
    fund: ['10.596', '14'],
    deleveraged: '3',
  },
};
