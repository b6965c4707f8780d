import { expect, it } from 'vitest';
import { mergeMarkPaths } from '#local/mark-path.ts';
import { marketPathOf } from '#local/market-path.ts';
import { parseCandles } from '#local/parse-candles.ts';
import { parseScenario } from '#local/parse-scenario.ts';
import { accepted } from '#local/read-input.ts';
import { runReplay } from '#local/replay/run-replay.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { bytesOf } from '../local/book-document.ts';
import { GUARDED, withSafeguards } from '../support/small-law.ts';
import { inputsOf, START_MS } from '../support/small-venue.ts';

const HEADER = 'open_time_ms,open_usd,high_usd,low_usd,close_usd';

const candles = (file: string, bars: readonly string[]) =>
  accepted(parseCandles(file, [HEADER, ...bars.map((bar, index) => `${START_MS + index * 60_000},${bar}`), ''].join('\n')));

const scenario = accepted(
  parseScenario(
    'scenario.json',
    bytesOf(
      JSON.stringify({
        name: 'wick',
        book: 'book.json',
        marks: [{ marketId: 'AAA', candles: 'mark.csv', indexCandles: 'index.csv', fromMs: START_MS, toMs: START_MS + 120_000 }],
      }),
    ),
  ),
);

/** The mark's second bar has a wick to 90 that the index does not have. */
const wick = accepted(
  marketPathOf(scenario, 0, {
    mark: candles('mark.csv', ['100,100,99,99', '99,99,90,98']),
    index: candles('index.csv', ['100.5,100.5,99.5,99.5', '101,101,100.5,101']),
  }),
);

const replay = (law: RuleSet) => {
  const inputs = inputsOf({ accounts: 'loser | 50 | LONG 10 AAA 100', fund: '500000' }, law);
  return runReplay({ ...inputs, groups: mergeMarkPaths([wick]) }, () => {});
};

it('does not liquidate on a wick that the index candles do not have', async () => {
  const { tally } = await replay(GUARDED);
  expect(Object.fromEntries(tally.safeguards.quarantined)).toEqual({ INDEX_DIVERGENCE: 1 });
  expect(tally.total.breaches).toBe(0);
});

it('would have liquidated on it without the guard', async () => {
  expect((await replay(withSafeguards(GUARDED, { indexDivergence: null }))).tally.total.breaches).toBe(1);
});
