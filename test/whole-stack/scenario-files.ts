import type { Files } from '../support/folder.ts';
import { bookDocumentOf, type SmallVenue, START_MS, statusAndStopped } from '../support/small-venue.ts';
import { textTable } from '../support/text-table.ts';

/** Bars of one market, one a line: `open high low close`. */
export interface SmallPath {
  readonly marketId: string;
  /** A mark comes every quarter of it. */
  readonly barSeconds: number;
  readonly bars: string;
  /** Bars of the index; where absent it equals the mark. */
  readonly index?: string;
}

/** A replay small enough to be read, as the files that hold it. */
export interface SmallScenario {
  readonly name: string;
  readonly venue: Omit<SmallVenue, 'marks'>;
  /** Instead of the one fund of the venue. */
  readonly funds?: readonly { readonly fundId: string; readonly asset: string; readonly balance: string; readonly peakBalance?: string }[];
  readonly paths: readonly SmallPath[];
}

const HEADER = 'open_time_ms,open_usd,high_usd,low_usd,close_usd';
const MS_PER_SECOND = 1000;

const linesOf = (bars: string): readonly (readonly string[])[] =>
  bars
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

/** One bar more than the scenario takes, so that a single bar has an interval too. */
const candlesOf = (bars: string, barSeconds: number): string => {
  const lines = linesOf(bars);
  const rows = [...lines, ...lines.slice(-1)].map((prices, nth) => [START_MS + nth * barSeconds * MS_PER_SECOND, ...prices].join(','));
  return [HEADER, ...rows, ''].join('\n');
};

const marksOf = ({ marketId, barSeconds, bars, index }: SmallPath) => ({
  marketId,
  candles: `${marketId}.csv`,
  ...(index === undefined ? {} : { indexCandles: `${marketId}-index.csv` }),
  fromMs: START_MS,
  toMs: START_MS + linesOf(bars).length * barSeconds * MS_PER_SECOND,
});

const eventsOf = (events: string) =>
  textTable('second | market | status', events).map(({ second, market, status }) => ({
    atMs: START_MS + Number(second) * MS_PER_SECOND,
    marketId: market,
    status: statusAndStopped(status).status,
    ...(statusAndStopped(status).stopped === null ? {} : { stopped: statusAndStopped(status).stopped }),
  }));

/** `scenario.json`, its book and its candles, for a folder. */
export const scenarioFiles = ({ name, venue, funds, paths }: SmallScenario): Files => {
  const book = bookDocumentOf(venue);
  return {
    'scenario.json': {
      name,
      book: 'book.json',
      marks: paths.map(marksOf),
      venue: { depthPerMark: venue.depthPerMark ?? {} },
      events: eventsOf(venue.events ?? ''),
    },
    'book.json': { ...book, insuranceFunds: funds ?? book.insuranceFunds },
    ...Object.fromEntries(paths.map(({ marketId, barSeconds, bars }) => [`${marketId}.csv`, candlesOf(bars, barSeconds)])),
    ...Object.fromEntries(
      paths.flatMap(({ marketId, barSeconds, index }) =>
        index === undefined ? [] : [[`${marketId}-index.csv`, candlesOf(index, barSeconds)]],
      ),
    ),
  };
};
