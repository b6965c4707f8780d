import { expect, it } from 'vitest';
import { durationMs, epochMs } from '#core/units/time.ts';
import { barsWithin, type MarketPath, type MarkGroup, marksOf, mergeMarkPaths } from '#local/mark-path.ts';
import { parseCandles } from '#local/parse-candles.ts';

const HEADER = 'open_time_ms,open_usd,high_usd,low_usd,close_usd';

const barsOf = (...rows: string[]) => {
  const candles = parseCandles('candles.csv', [HEADER, ...rows].join('\n'));
  if (!candles.ok) throw new Error(JSON.stringify(candles.refusal));
  return candles.value.candles;
};

const NO_INDEX = new Map();
const MINUTE = durationMs(60_000);
const LATER = '600000,1,1,1,1';

const printed = (marks: readonly { at: number; markPrice: unknown; indexPrice: unknown }[]) =>
  marks.map(({ at, markPrice, indexPrice }) => `${at} ${markPrice} ${indexPrice}`);

it.each([
  ['closed below its open', '0,10,12,9,9.5', ['10', '12', '9', '9.5']],
  ['closed at its open', '0,10,12,9,10', ['10', '9', '12', '10']],
  ['closed above its open', '0,10,12,9,11', ['10', '9', '12', '11']],
])('a bar that %s visits its extremes in the order of its shape', (_, row, prices) => {
  const [bar] = barsOf(row, LATER);
  expect(marksOf(bar === undefined ? [] : [bar], MINUTE, NO_INDEX).map(({ markPrice }) => String(markPrice))).toEqual(prices);
});

it.each([
  [60_000, [0, 15_000, 30_000, 45_000]],
  [10, [0, 2, 5, 7]],
  [7, [0, 1, 3, 5]],
  [4, [0, 1, 2, 3]],
])('marks of a bar of %d ms are a quarter apart, rounded down', (interval, times) => {
  const bars = barsOf('0,1,1,1,1', LATER).slice(0, 1);
  expect(marksOf(bars, durationMs(interval), NO_INDEX).map(({ at }) => at)).toEqual(times);
});

it('the index equals the mark where it has no bars', () => {
  const bars = barsOf('0,10,12,9,9.5', LATER).slice(0, 1);
  expect(printed(marksOf(bars, MINUTE, NO_INDEX))).toEqual(['0 10 10', '15000 12 12', '30000 9 9', '45000 9.5 9.5']);
});

it("the index visits its extremes in the order of the mark's bar, whatever its own shape", () => {
  const bars = barsOf('0,10,12,9,9.5', LATER).slice(0, 1);
  const [index] = barsOf('0,10,12.5,8.5,10.5', LATER);
  const marks = marksOf(bars, MINUTE, new Map(index === undefined ? [] : [[index.openTimeMs, index]]));
  expect(printed(marks)).toEqual(['0 10 10', '15000 12 12.5', '30000 9 8.5', '45000 9.5 10.5']);
});

it('a range takes the bar that opens at its start and not the one that opens at its end', () => {
  const bars = barsOf('0,1,1,1,1', '60000,1,1,1,1', '120000,1,1,1,1', '180000,1,1,1,1');
  const opens = (fromMs: number, toMs: number) => barsWithin(bars, epochMs(fromMs), epochMs(toMs)).map(({ openTimeMs }) => openTimeMs);
  expect(opens(60_000, 180_000)).toEqual([60_000, 120_000]);
  expect(opens(60_001, 180_001)).toEqual([120_000, 180_000]);
  expect(opens(180_001, 999_999)).toEqual([]);
});

const pathOf = (marketId: string, ...rows: string[]): MarketPath => ({ marketId, marks: marksOf(barsOf(...rows), MINUTE, NO_INDEX) });

const summaryOf = (groups: readonly MarkGroup[]) =>
  groups.map(
    ({ at, marks }) => `${at}: ${marks.map(({ marketId, sequence, markPrice }) => `${marketId} #${sequence} ${markPrice}`).join(', ')}`,
  );

it('merges markets by time, equal times in scenario order, sequences counted in each market', () => {
  const late = pathOf('B', '30000,1,1,1,1', '90000,2,2,2,2').marks.slice(0, 5);
  const early = pathOf('A', '0,3,3,3,3', '60000,4,4,4,4').marks.slice(0, 4);
  const merged = mergeMarkPaths([
    { marketId: 'B', marks: late },
    { marketId: 'A', marks: early },
  ]);
  expect(summaryOf(merged)).toEqual([
    '0: A #1 3',
    '15000: A #2 3',
    '30000: B #1 1, A #3 3',
    '45000: B #2 1, A #4 3',
    '60000: B #3 1',
    '75000: B #4 1',
    '90000: B #5 2',
  ]);
});

it('loses no mark and keeps times strictly increasing', () => {
  const paths = [
    pathOf('A', '0,1,2,1,2', '60000,2,3,1,1'),
    pathOf('B', '7000,1,2,1,2', '67000,2,3,1,1'),
    pathOf('C', '0,1,1,1,1', '60000,1,1,1,1'),
  ];
  const merged = mergeMarkPaths(paths);
  expect(merged.flatMap(({ marks }) => marks)).toHaveLength(24);
  expect(merged.every(({ at }, index) => index === 0 || at > (merged[index - 1]?.at ?? at))).toBe(true);
});

it('no paths give no groups', () => {
  expect(mergeMarkPaths([])).toEqual([]);
});
