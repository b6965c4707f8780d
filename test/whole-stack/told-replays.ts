import { crashFiles } from '../support/small-crash.ts';
import { arbitraryFiles } from './arbitrary-replay.ts';
import { scenarioFiles } from './scenario-files.ts';
import type { LawEdit, ToldReplay } from './told-replay.ts';

const FUNDS = 'insurance-fund.json';
const SAFEGUARDS = 'safeguards.json';

/** The shipped funds ask for sums that no small venue has. */
const SMALL_FLOOR: readonly LawEdit[] = [[FUNDS, '"floor": "100000"', '"floor": "10"']];

/** A second fund for the same asset, so that the two markets stand in two lines. */
const TWO_DOMAINS: LawEdit = [
  FUNDS,
  '"domains": [',
  `"domains": [ { "fundId": "first", "asset": "USDT", "markets": ["AAA"], "floor": "1", "drawCapPerMarket": null, "drawCapPerInterval": null, "interval": "PT1H", "drawdown": null },`,
];

/** Both sides in one pool, one pool in two domains, fees on every fill, an isolated one, and too little depth and money for all of them. */
const DOMAINS: ToldReplay = {
  name: 'two-domains',
  files: () =>
    scenarioFiles({
      name: 'two-domains',
      venue: {
        accounts: `
          hedged  | 65   | LONG 10 AAA 100 + SHORT 4 AAA 100
          even    | 12   | LONG 10 AAA 101 + SHORT 10 AAA 100
          both    | 110  | LONG 10 AAA 100 + SHORT 10 BBB 50
          alone   | 0    | LONG 5 AAA 100 30
          short1  | 700  | SHORT 12 AAA 101
          short2  | 500  | SHORT 9 AAA 102
          squeeze | 32   | SHORT 10 BBB 50
          holder  | 4000 | LONG 14 BBB 49`,
        takerFeeRate: '0.0005',
        depthPerMark: { AAA: '4', BBB: '3' },
      },
      funds: [
        { fundId: 'first', asset: 'USDT', balance: '20' },
        { fundId: 'usdt', asset: 'USDT', balance: '25' },
      ],
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100.5 93.5 94\n 94 95 90 91' },
        { marketId: 'BBB', barSeconds: 120, bars: '50 53.8 49.5 53.5' },
      ],
    }),
  edits: { house: [TWO_DOMAINS], 'house-guarded': [TWO_DOMAINS, ...SMALL_FLOOR] },
};

/** A market that is halted while it falls, another whose fall nobody confirms at first, and an index that a mark runs away from. */
const HALTS: ToldReplay = {
  name: 'halts-and-jumps',
  files: () =>
    scenarioFiles({
      name: 'halts-and-jumps',
      venue: {
        accounts: `
          long1  | 50  | LONG 10 AAA 100
          long2  | 90  | LONG 10 AAA 100 + LONG 2 BBB 50
          long3  | 60  | LONG 10 BBB 50
          short1 | 900 | SHORT 10 AAA 100 + SHORT 6 BBB 50
          short2 | 400 | SHORT 10 AAA 101 + SHORT 6 BBB 51`,
        fund: '45',
        depthPerMark: { BBB: '5' },
        events: '10 | AAA | HALTED\n 20 | BBB | REDUCE_ONLY\n 35 | AAA | ACTIVE\n 100 | BBB | ACTIVE',
      },
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100 94.5 95\n 93 94 91 92', index: '100 100 94.5 95\n 93 94 81 92' },
        { marketId: 'BBB', barSeconds: 60, bars: '50 51 40 40.5\n 40.4 41 39.9 40.6' },
      ],
    }),
  edits: { house: [], 'house-guarded': SMALL_FLOOR },
};

/** Nobody on the other side: a residual that is tried again, recovers, comes back, and finds the market in the end. */
const EXHAUSTED: ToldReplay = {
  name: 'nobody-to-deleverage',
  files: () =>
    scenarioFiles({
      name: 'nobody-to-deleverage',
      venue: {
        accounts: 'loser | 50 | LONG 10 AAA 100\n other | 9000 | LONG 10 AAA 100\n third | 55 | LONG 10 AAA 100',
        takerFeeRate: '0',
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 101 91.5 100\n 96 97 92 95.7' }],
    }),
  edits: { house: [], 'house-guarded': SMALL_FLOOR },
};

/** A fund that has fallen below its peak, may draw so much a market, and a throttle that lets one opening pass at a time. */
export const LIMITS: ToldReplay = {
  name: 'a-fund-with-limits',
  files: () =>
    scenarioFiles({
      name: 'a-fund-with-limits',
      venue: {
        accounts: `
          b1 | 30   | LONG 10 AAA 100
          b2 | 50   | LONG 10 AAA 100
          b3 | 100  | LONG 10 AAA 100 + SHORT 10 BBB 50
          b4 | 60   | LONG 10 AAA 100 + SHORT 2 AAA 100
          s1 | 500  | SHORT 9 AAA 100
          s2 | 400  | SHORT 9 AAA 101
          s3 | 300  | SHORT 9 AAA 102
          x1 | 5000 | LONG 12 BBB 49`,
        fund: '150',
        fundPeak: '190',
        depthPerMark: { AAA: '6' },
        tiers: '600 0.01 + null 0.05',
      },
      paths: [
        { marketId: 'AAA', barSeconds: 60, bars: '100 100 91.5 92\n 91.8 93 89 90' },
        { marketId: 'BBB', barSeconds: 120, bars: '50 54 49.8 53' },
      ],
    }),
  edits: {
    house: [
      [FUNDS, '"floor": "0"', '"floor": "40"'],
      [FUNDS, '"drawCapPerMarket": null', '"drawCapPerMarket": "60"'],
    ],
    'house-guarded': [
      [FUNDS, '"floor": "100000"', '"floor": "50"'],
      [FUNDS, '"drawCapPerMarket": "1000000"', '"drawCapPerMarket": "60"'],
      [FUNDS, '"minimumBalance": "10000"', '"minimumBalance": "100"'],
      [SAFEGUARDS, '"notionalPerMarket": "50000000", "interval": "PT60S"', '"notionalPerMarket": "1900", "interval": "PT30S"'],
    ],
  },
};

/** A rule that halts: the pool that got no order stops its market before the one that got one is filled. */
const HALTING_RULE: LawEdit = [
  'shortfall.rules.json',
  '"rules": [',
  `"rules": [
    { "name": "halt", "priority": 90, "conditions": { "all": [{ "fact": "residualQuantity", "operator": "decimalAtLeast", "value": "8" }] },
      "event": { "type": "HALT" } },`,
];

const HALTED_BY_RULE: ToldReplay = {
  name: 'halted-by-a-rule',
  files: () =>
    scenarioFiles({
      name: 'halted-by-a-rule',
      venue: {
        accounts: `
          deep    | 40  | LONG 10 AAA 100
          shallow | 62  | LONG 10 AAA 100
          other   | 900 | SHORT 20 AAA 100`,
      },
      paths: [{ marketId: 'AAA', barSeconds: 60, bars: '100 100 94.5 95' }],
    }),
  edits: { house: [HALTING_RULE], 'house-guarded': [HALTING_RULE] },
};

/** Whatever the generator of scenarios gives for a seed. The jump band is wide enough that much of it happens under either law. */
export const arbitraryReplay = (seed: number): ToldReplay => ({
  name: `arbitrary-${seed}`,
  files: () => arbitraryFiles(seed),
  edits: { house: [], 'house-guarded': [...SMALL_FLOOR, [SAFEGUARDS, '"jumpBand": "0.10"', '"jumpBand": "0.25"']] },
});

export const SMALL_CRASH: ToldReplay = { name: 'small-crash', files: crashFiles, edits: { house: [], 'house-guarded': [] } };

/** Three markets and pools of every kind: 13 breaches, 20 orders, the fund pays and is paid, 11 are deleveraged. */
const SEED = 128;

export const TOLD_REPLAYS: readonly ToldReplay[] = [SMALL_CRASH, DOMAINS, HALTS, EXHAUSTED, LIMITS, HALTED_BY_RULE, arbitraryReplay(SEED)];
