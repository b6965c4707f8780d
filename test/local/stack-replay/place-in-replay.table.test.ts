import { describe, expect, it } from 'vitest';
import { emptyLane, type Lane } from '#core/lane.ts';
import type { MarketState } from '#core/market/market-state.ts';
import { placeInReplay } from '#local/stack-replay/place-in-replay.ts';
import { HOUSE } from '../../support/small-law.ts';
import { groupsOf, inputsOf, second } from '../../support/small-venue.ts';
import { textTable } from '../../support/text-table.ts';

/** Three instants: both markets, one alone, both. AAA has marks 1 to 3, BBB 1 and 2. */
const GROUPS = groupsOf('0 | 100 | 100\n 1 | 99 | -\n 2 | 98 | 97');

const MARKETS = inputsOf({ accounts: 'a | 1 | -' }, HOUSE).initial.markets;

const seen = (text: string): ReadonlyMap<string, MarketState> => {
  const sequences = text.split(' ').map(Number);
  return new Map(MARKETS.map((market, place) => [market.terms.marketId, { ...market, sequenceSeen: sequences[place] ?? 0 }]));
};

/** `held AAA#1 BBB#1`: a lane's waves by market and sequence. */
const laneOf = (text: string): Lane => {
  const words = text.split(' ');
  const waves = words
    .filter((word) => word.includes('#'))
    .map((word) => {
      const [marketId = '', sequence = ''] = word.split('#');
      return { waveId: `usdt#${word}`, fundId: 'usdt', marketId, sequence: Number(sequence), at: second('0'), stage: 'QUEUED' as const };
    });
  return { ...emptyLane('usdt'), held: words.includes('held'), waves };
};

const CASES = textTable(
  'seen | lane             | next | behind | why',
  `
   0 0  | -                | 0    | false  | nothing has begun
   0 0  | held             | 0    | false  | held for the first instant, whose mark may be on its way: it stays held
   1 0  | held AAA#1       | 0    | false  | one of two marks: what stands in line is its own
   1 1  | held AAA#1 BBB#1 | 1    | true   | whole, and not yet let go
   1 1  | BBB#1            | 1    | true   | let go, one wave left
   1 1  | -                | 1    | false  | done
   2 1  | AAA#2            | 2    | true   | the only mark of the second instant
   2 1  | held             | 2    | false  | held for the third
   2 2  | held BBB#2       | 2    | false  | the later market came first: still one of two
   3 2  | held AAA#3 BBB#2 | 3    | true   | the last instant is whole
   3 2  | held             | 3    | true   | every mark of the last instant was quarantined: it is let go
   3 2  | -                | 3    | false  | the end
  `,
);

describe('where a replay stands follows from its tables', () => {
  it.each(CASES.map((row) => [row.why, row] as const))('%s', (_why, row) => {
    const lanes = [row.lane === '-' ? emptyLane('usdt') : laneOf(row.lane)];
    expect(placeInReplay(GROUPS, seen(row.seen), lanes)).toEqual({ next: Number(row.next), isBehind: row.behind === 'true' });
  });
});
