import { describe, expect, it } from 'vitest';
import { markDefect, oldestMarkAge } from '#core/market/mark-freshness.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { durationMs, epochMs } from '#core/units/time.ts';
import { marketState, observation, termsOf } from '../../support/core-states.ts';
import { HOUSE } from '../../support/small-law.ts';
import { textTable } from '../../support/text-table.ts';

/** `AAA 0, BBB -`: markets and when their mark was observed, `-` where none was accepted. */
const marketsOf = (text: string): readonly MarketState[] =>
  text.split(',').map((each) => {
    const [marketId = '', observedAt = ''] = each.trim().split(' ');
    const accepted = observedAt === '-' ? null : observation(1, '100', '100', epochMs(Number(observedAt)));
    return marketState('100', { terms: termsOf(marketId), accepted });
  });

describe('marks at 60,000 ms with a maximum age of 60,000 ms', () => {
  it.each(
    textTable(
      'markets             | defect                 | age   | what',
      `
       AAA 60000           | -                      | 0     | a fresh mark
       AAA 1               | -                      | 59999 | almost too old
       AAA 0               | -                      | 60000 | exactly the maximum age
       AAA -1              | MARK_TOO_OLD AAA       | 60001 | a millisecond older
       AAA 70000           | -                      | 0     | a mark from a clock ahead of ours
       AAA 60000, BBB -1   | MARK_TOO_OLD BBB       | 60001 | one stale leg spoils the pool
       AAA -               | NO_ACCEPTED_MARK AAA   | 0     | a market that was never marked
       AAA 60000, BBB -    | NO_ACCEPTED_MARK BBB   | 0     | one of two never marked
       AAA -1, BBB -       | MARK_TOO_OLD AAA       | 60001 | the first of two defects, in the order given
      `,
    ),
  )('$what: $defect', ({ markets, defect, age }) => {
    const safeguards = { ...HOUSE.safeguards, markMaximumAge: durationMs(60_000) };
    const found = markDefect(marketsOf(markets), safeguards, epochMs(60_000));
    expect(found === null ? '-' : `${found.kind} ${found.marketId}`).toBe(defect);
    expect(String(oldestMarkAge(marketsOf(markets), epochMs(60_000)))).toBe(age);
  });

  it('without a maximum age no mark is too old, but one that never was is missing all the same', () => {
    expect(markDefect(marketsOf('AAA -99999999'), HOUSE.safeguards, epochMs(60_000))).toBeNull();
    expect(markDefect(marketsOf('AAA -'), HOUSE.safeguards, epochMs(60_000))?.kind).toBe('NO_ACCEPTED_MARK');
  });

  it('a pool without positions has nothing that could be stale', () => {
    expect(markDefect([], HOUSE.safeguards, epochMs(60_000))).toBeNull();
    expect(oldestMarkAge([], epochMs(60_000))).toBe(0);
  });
});
