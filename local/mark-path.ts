import type { Price, Quantity } from '#core/units/money.ts';
import { type DurationMs, type EpochMs, epochMs } from '#core/units/time.ts';
import type { Candle } from './parse-candles.ts';

/** One point of a market's price path, before the paths of all markets are merged. */
export interface PathMark {
  readonly at: EpochMs;
  readonly markPrice: Price;
  readonly indexPrice: Price;
}

export interface MarketPath {
  readonly marketId: string;
  readonly marks: readonly PathMark[];
}

/** One mark as the venue publishes it; sequences count from 1 in each market. */
export interface SequencedMark {
  readonly marketId: string;
  readonly markPrice: Price;
  readonly indexPrice: Price;
  readonly sequence: number;
  /** Contracts open in the market, where the venue tells them. */
  readonly openInterest?: Quantity;
}

/** All marks of one instant, in scenario order: every one is published before the first of their waves is evaluated. */
export interface MarkGroup {
  readonly at: EpochMs;
  readonly marks: readonly SequencedMark[];
}

/** The marks of several instants, counted. */
export const marksIn = (groups: readonly MarkGroup[]): number => groups.reduce((count, { marks }) => count + marks.length, 0);

/** Marks that one bar gives. */
export const MARKS_PER_BAR = 4;

/** The shape of a bar: a bar that closed below its open visits its high first, every other one its low first. */
const pricesInOrder = (bar: Candle, shape: Candle): readonly Price[] =>
  shape.close.lt(shape.open) ? [bar.open, bar.high, bar.low, bar.close] : [bar.open, bar.low, bar.high, bar.close];

/**
 * The four marks of one bar; the k-th (0–3) is at open + ⌊k·interval/4⌋ [ms], so that an interval which four does not divide
 * still gives whole milliseconds and never reaches the next bar.
 *
 * The index takes its prices in the order of the mark's bar: within a bar highs meet highs and lows meet lows. Ordered by its own shape,
 * an index that closed a tick the other way would diverge from the mark by the whole range of the bar without having done so.
 */
const marksOfBar = (bar: Candle, indexBar: Candle, interval: DurationMs): PathMark[] => {
  const indexPrices = pricesInOrder(indexBar, bar);
  return pricesInOrder(bar, bar).map((markPrice, k) => ({
    at: epochMs(bar.openTimeMs + Math.floor((k * interval) / MARKS_PER_BAR)),
    markPrice,
    indexPrice: indexPrices[k] ?? markPrice,
  }));
};

/** Bars with fromMs ≤ open time < toMs, in order. */
export const barsWithin = (candles: readonly Candle[], fromMs: EpochMs, toMs: EpochMs): Candle[] =>
  candles.filter((candle) => candle.openTimeMs >= fromMs && candle.openTimeMs < toMs);

/**
 * The price path of consecutive bars: four marks a bar, in time order. `indexBars` maps open times to the bars of the index;
 * where it has none, the index equals the mark.
 */
export const marksOf = (bars: readonly Candle[], interval: DurationMs, indexBars: ReadonlyMap<EpochMs, Candle>): PathMark[] =>
  bars.flatMap((bar) => marksOfBar(bar, indexBars.get(bar.openTimeMs) ?? bar, interval));

/** Merges the paths of a scenario's markets into one list of instants, earliest first; marks of equal time keep the order of `paths`. */
export const mergeMarkPaths = (paths: readonly MarketPath[]): MarkGroup[] => {
  const groups = new Map<EpochMs, SequencedMark[]>();
  for (const { marketId, marks } of paths) {
    marks.forEach(({ at, markPrice, indexPrice }, position) => {
      const group = groups.get(at) ?? [];
      group.push({ marketId, markPrice, indexPrice, sequence: position + 1 });
      groups.set(at, group);
    });
  }
  return [...groups].sort(([a], [b]) => a - b).map(([at, marks]) => ({ at, marks }));
};
