import { present } from '#core/invariant.ts';
import { ok, type Result, refused } from '#core/result.ts';
import type { EpochMs } from '#core/units/time.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { barsWithin, type MarketPath, marksOf } from './mark-path.ts';
import type { Candle, CandleSeries } from './parse-candles.ts';
import type { Scenario } from './parse-scenario.ts';

/** The candle files of one marks entry; `index` is null where the scenario names none. */
export interface EntryCandles {
  readonly mark: CandleSeries;
  readonly index: CandleSeries | null;
}

const barsByTime = (series: CandleSeries | null): ReadonlyMap<EpochMs, Candle> =>
  new Map(series?.candles.map((candle) => [candle.openTimeMs, candle]));

/**
 * The price path of a scenario's marks entry `position` over its candles. Refuses, as a fault of the scenario: a range that selects no bar, and
 * index candles that lack one of the selected bars or have another interval, so that no index price would stand for the mark's time.
 */
export const marketPathOf = (scenario: Scenario, position: number, candles: EntryCandles): Result<MarketPath, Fault> => {
  const entry = present(scenario.marks[position], 'the position is that of a marks entry');
  const refuse = (key: string, message: string): Result<MarketPath, Fault> => refused(scenario.faultAt(['marks', position, key], message));
  const { mark, index } = candles;
  const bars = barsWithin(mark.candles, entry.fromMs, entry.toMs);
  if (bars.length === 0) {
    const range = `\`${mark.candles[0]?.openTimeMs}\` to \`${mark.candles.at(-1)?.openTimeMs}\``;
    return refuse('fromMs', `expected a range that selects bars of \`${mark.file}\`, which open from ${range}, got \`${entry.fromMs}\``);
  }
  if (index !== null && index.interval !== mark.interval) {
    return refuse('indexCandles', `expected bars of \`${mark.interval}\` ms as in \`${mark.file}\`, got \`${index.interval}\``);
  }
  const indexBars = barsByTime(index);
  const missing = index === null ? undefined : bars.find((bar) => !indexBars.has(bar.openTimeMs));
  if (missing !== undefined)
    return refuse('indexCandles', `expected a bar at \`${missing.openTimeMs}\` as in \`${mark.file}\`, got nothing`);
  return ok({ marketId: entry.marketId, marks: marksOf(bars, mark.interval, indexBars) });
};
