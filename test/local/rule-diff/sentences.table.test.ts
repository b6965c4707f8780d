import { describe, expect, it } from 'vitest';
import { type Edit, guardedAfter, sentences } from './edited-law.ts';

const guarded = guardedAfter();

type Row = readonly [edits: readonly Edit[], there: readonly string[], back: readonly string[]];

const fund = (from: string, to: string): Edit => ['insurance-fund.json', from, to];
const guard = (from: string, to: string): Edit => ['safeguards.json', from, to];
const adl = (from: string, to: string): Edit => ['deleveraging.json', from, to];
const margin = (from: string, to: string): Edit => ['margin.rules.json', from, to];
const short = (from: string, to: string): Edit => ['shortfall.rules.json', from, to];

const DRAWDOWN =
  '"drawdown": { "window": "PT8H", "trigger": "0.30", "release": "0.25", "operator": "AT_LEAST", "minimumBalance": "10000" }';
const THROTTLE = '{ "notionalPerMarket": "50000000", "interval": "PT60S", "maximumDelay": "PT5M" }';

const ROWS: readonly Row[] = [
  [
    [fund('"floor": "100000"', '"floor": "50000"')],
    ['usdt fund: floor 100,000 → 50,000: it pays 50,000 more before deleveraging starts'],
    ['usdt fund: floor 50,000 → 100,000: it pays 50,000 less before deleveraging starts'],
  ],
  [
    [fund('"drawCapPerMarket": "1000000"', '"drawCapPerMarket": null')],
    ['usdt fund: draw cap per market 1,000,000 → none: one market may draw down to the floor'],
    ['usdt fund: draw cap per market none → 1,000,000: what one market would draw beyond it in an interval is deleveraged'],
  ],
  [
    [fund('"drawCapPerInterval": "3000000"', '"drawCapPerInterval": "3500000.5"')],
    [
      'usdt fund: draw cap per interval 3,000,000 → 3,500,000.5: all markets together may draw 500,000.5 more in an interval before deleveraging starts',
    ],
    [
      'usdt fund: draw cap per interval 3,500,000.5 → 3,000,000: all markets together may draw 500,000.5 less in an interval before deleveraging starts',
    ],
  ],
  [
    [fund('"interval": "PT1H"', '"interval": "PT90S"')],
    ['usdt fund: interval of the draw caps 1 h → 90 s: the caps start afresh more often: it pays more in a long fall'],
    ['usdt fund: interval of the draw caps 90 s → 1 h: the caps start afresh less often: it pays less in a long fall'],
  ],
  [
    [fund('"markets": ["*"]', '"markets": ["BTC-USDT"]')],
    ['usdt fund: markets `*` → BTC-USDT: it pays for BTC-USDT now, it no longer pays for `*`'],
    ['usdt fund: markets BTC-USDT → `*`: it pays for `*` now, it no longer pays for BTC-USDT'],
  ],
  [
    [fund('"trigger": "0.30"', '"trigger": "0.28"')],
    ['usdt fund: drawdown trigger 30 % → 28 %: it stops paying and counterparties are deleveraged after a smaller fall, so earlier'],
    ['usdt fund: drawdown trigger 28 % → 30 %: it stops paying and counterparties are deleveraged after a deeper fall, so later'],
  ],
  [
    [fund(DRAWDOWN, '"drawdown": null')],
    [
      'usdc fund: drawdown window 8 h, trigger 0.30, release 0.25, operator AT_LEAST, minimum balance 10,000 → none: ' +
        'a fall of its balance no longer stops it from paying',
    ],
    [
      'usdc fund: drawdown none → window 8 h, trigger 0.30, release 0.25, operator AT_LEAST, minimum balance 10,000: ' +
        'it stops paying while it is drawn down, and counterparties are deleveraged instead',
    ],
  ],
  [
    [guard('"jumpBand": "0.10"', '"jumpBand": "0.05"')],
    ['safeguards: jump band 10 % → 5 %: more marks are held back'],
    ['safeguards: jump band 5 % → 10 %: fewer marks are held back'],
  ],
  [
    [guard('"jumpBand": "0.10"', '"jumpBand": null')],
    ['safeguards: jump band 10 % → off: no mark is held back for its jump'],
    ['safeguards: jump band off → 10 %: marks that jump further are held back'],
  ],
  [
    [guard('"markMaximumAge": "PT60S"', '"markMaximumAge": "PT30S"')],
    ['safeguards: maximum age of a mark 1 min → 30 s: more marks are too old to judge a pool at'],
    ['safeguards: maximum age of a mark 30 s → 1 min: pools are judged at older marks'],
  ],
  [
    [guard(THROTTLE, 'null')],
    [
      'safeguards: throttle notional per market 50,000,000, interval 1 min, maximum delay 5 min → off: ' +
        'whatever is due starts liquidation at once',
    ],
    [
      'safeguards: throttle off → notional per market 50,000,000, interval 1 min, maximum delay 5 min: ' +
        'large waves of liquidations are spread out',
    ],
  ],
  [
    [guard('"jumpConfirmations": 2,', '')],
    ['safeguards: jump confirmations 2 → not given: what it is when not given'],
    ['safeguards: jump confirmations not given → 2: what it is when not given'],
  ],
  [
    [guard('"jumpConfirmations": 2,', '"jumpConfirmations": 3,')],
    ['safeguards: confirmations of a jump 2 → 3: a jump is believed later'],
    ['safeguards: confirmations of a jump 3 → 2: a jump is believed earlier'],
  ],
  [
    [guard('"jumpBand": "0.10"', '"jumpBand": "0.1"'), guard('"PT60S", "maximumDelay"', '"PT1M", "maximumDelay"')],
    [
      'safeguards: jump band 0.10 → 0.1: the same value, written differently',
      'safeguards: throttle interval PT60S → PT1M: the same value, written differently',
    ],
    [
      'safeguards: jump band 0.1 → 0.10: the same value, written differently',
      'safeguards: throttle interval PT1M → PT60S: the same value, written differently',
    ],
  ],
  [
    [adl('"losers": "EXCLUDE"', '"losers": "DIVIDE"')],
    ['deleveraging: losers EXCLUDE → DIVIDE: counterparties without profit are asked too, after those with profit'],
    ['deleveraging: losers DIVIDE → EXCLUDE: counterparties without profit are not asked'],
  ],
  [
    [adl('"pnlRatio": 1', '"pnlRatio": 2')],
    ['deleveraging: weight of PnL ratio 1 → 2: PnL ratio counts for more in who is next in line'],
    ['deleveraging: weight of PnL ratio 2 → 1: PnL ratio counts for less in who is next in line'],
  ],
  [
    [adl('"tags": []', '"tags": ["maker"]')],
    ['deleveraging: excluded tags none → maker: accounts tagged `maker` are never deleveraged'],
    ['deleveraging: excluded tags maker → none: accounts tagged `maker` may be deleveraged now'],
  ],
  [
    [adl('"tieBreak": ["accountId"]', '"tieBreak": []')],
    ['deleveraging: tie break accountId → none'],
    ['deleveraging: tie break none → accountId'],
  ],
  [
    [margin('"limit": "FUND_BACKED"', '"limit": "BANKRUPTCY"')],
    [
      'execution: limit FUND_BACKED → BANKRUPTCY: orders stop at the bankruptcy price: the fund reserves nothing, and more is left to deleverage',
    ],
    [
      'execution: limit BANKRUPTCY → FUND_BACKED: orders reach past the bankruptcy price, by what the fund reserved: ' +
        'more is closed by the market, at the cost of the fund',
    ],
  ],
  [
    [margin('"liquidationFeeRate": "0"', '"liquidationFeeRate": "0.005"')],
    ['execution: liquidation fee 0 % → 0.5 %: liquidated traders pay more to the fund, never more than their surplus'],
    ['execution: liquidation fee 0.5 % → 0 %: liquidated traders pay less to the fund'],
  ],
  [
    [margin('"cancelOrdersFirst": true', '"cancelOrdersFirst": false')],
    ['execution: cancel orders first true → false: open orders of the account stay while it is liquidated'],
    ['execution: cancel orders first false → true: open orders of the account are cancelled before it is liquidated'],
  ],
  [
    [short('"ORDER_ENDED"', '"FUND_DRAWDOWN"')],
    ['shortfall rules: deleveraging trigger ORDER_ENDED → FUND_DRAWDOWN: a residual waits until the fund is drawn down'],
    ['shortfall rules: deleveraging trigger FUND_DRAWDOWN → ORDER_ENDED: a residual is deleveraged as soon as its order has ended'],
  ],
  [[['rule-set.json', '"1.0.0"', '"1.1.0"']], ['rule set: version 1.0.0 → 1.1.0'], ['rule set: version 1.1.0 → 1.0.0']],
];

describe('an edit and its sentence', () => {
  it.each(ROWS)('%j', (edits, there) => expect(sentences(guarded, guardedAfter(...edits))).toEqual(there));
});

describe('the same edit taken back', () => {
  it.each(ROWS)('%j', (edits, _there, back) => expect(sentences(guardedAfter(...edits), guarded)).toEqual(back));
});

describe('what is no law', () => {
  it('gives no line: notes and the layout of a file', () => {
    const laidOut = guardedAfter(
      ['safeguards.json', '"notes": {', '"notes": { "more": "…",'],
      ['deleveraging.json', '"QUEUE",', '"QUEUE"  ,\n\n'],
    );
    expect(laidOut.reference.hash).toBe(guarded.reference.hash);
    expect(sentences(guarded, laidOut)).toEqual([]);
  });
});
