import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import type { ReplayInputs } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { HOUSE, seconds, withSafeguards } from '../../support/small-law.ts';
import { inputsOf } from '../../support/small-venue.ts';

/** What a venue asks before it books anything, as a table, and what it has to hear. */
export interface AskedSafeguard {
  readonly name: string;
  /**
   * `mark | pool | asks | answer`: after which of the venue's marks, from 0; what is asked as `LONG 10 AAA`, so many contracts more at the mark of 100, or
   * `WITHDRAW`; a refusal, `-` for none, or an amount.
   */
  readonly asks: string;
  /** Asked last and then done by the venue, against `maker`, which tells the open interest of its market with the next mark; what is asked next, and heard. */
  readonly opens: {
    readonly poolId: string;
    readonly trade: string;
    readonly told: string;
    readonly next: string;
    readonly answer: string;
  };
}

const amount = (text: string) => money(decimal(text));
const share = (text: string) => ratio(decimal(text));

const SCALED = { ...HOUSE.tiers, openInterestScales: new Map([['AAA', { lower: amount('80000'), upper: amount('120000') }]]) };

/** Every question there is: cap, half of it in an amber market, share of one account, capped profit, and in AAA a margin that grows with the open interest. */
const LAW: RuleSet = withSafeguards(
  { ...HOUSE, tiers: SCALED },
  {
    opening: {
      openInterestCap: amount('100000'),
      amberCapShare: share('0.5'),
      positionShare: share('0.35'),
      positionShareFrom: amount('5000'),
      unrealizedProfitCap: amount('100'),
    },
    securityToValue: {
      interval: seconds(10),
      measure: 'NOW',
      shock: share('0'),
      slippage: share('0'),
      amber: { enter: share('1.5'), leave: share('1.6') },
      red: { enter: share('1.2'), leave: share('1.3') },
      onRed: 'REDUCE_ONLY',
    },
  },
);

/** A venue of all who ask, together on one stack. AAA has 2,000 behind 1,000 at 100: amber at 140, red at 170. */
export const ASKING_VENUE: ReplayInputs = inputsOf(
  {
    accounts: `
      long   | 1000   | LONG 10 AAA 100
      short  | 1000   | SHORT 10 AAA 100
      rich   | 100000 | -
      poor   | 300    | -
      wide   | 2000   | -
      split  | 2000   | LONG 30 BBB 100 400
      winner | 90     | LONG 15 BBB 60
      maker  | 500000 | SHORT 45 BBB 100`,
    tiers: 'null 0.01 10',
    marks: '0 | 100@990 | 100@100\n 15 | 140@300 | -\n 30 | 170@300 | -\n 45 | 100@990 | -',
  },
  LAW,
);
