import { scenarioFiles } from '../scenario-files.ts';
import { type FiredSafeguard, MARGIN_RULES, ordersByCase } from './fired-safeguard.ts';

const FIRST_PART = `{ "type": "REDUCE_BY_FRACTION", "params": { "fraction": "0.2",
  "cooldown": { "notionalAbove": "100000", "length": "PT30S", "meanwhile": "CLOSE_ALL" } } }`;

/** G6 as published, 20 %, 100,000 and 30 s: a fifth of what is large first, all of it when it is in breach again within its cooldown, and all of what is small at once. */
export const PARTIAL_FIRST: FiredSafeguard = {
  name: 'partial-first',
  files: () =>
    scenarioFiles({
      name: 'partial-first',
      venue: {
        accounts: `
          large | 9200   | LONG 2000 AAA 100
          small | 460    | LONG 100 AAA 100
          other | 900000 | SHORT 2100 AAA 100`,
        fund: '500',
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 96 97\n 96 96 96 96' }],
    }),
  edits: { house: [[MARGIN_RULES, '{ "type": "LIQUIDATE" }', FIRST_PART]], 'house-guarded': [] },
  shows: ({ outcome }) => ordersByCase(outcome),
  // A fifth of 2,000 at 96; healthy at 97; 30 s after the first part a fifth of the 1,600 left, and 15 s after that the rest.
  expected: { 'large#CROSS#USDT#1': '400', 'small#CROSS#USDT#1': '100', 'large#CROSS#USDT#2': '320', 'large#CROSS#USDT#3': '1280' },
};
