import { dirname, isAbsolute, join } from 'node:path';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput } from '../bad-input.ts';
import { mergeMarkPaths } from '../mark-path.ts';
import { marketPathOf } from '../market-path.ts';
import { type Book, parseBook } from '../parse-book.ts';
import { parseCandles } from '../parse-candles.ts';
import { parseScenario, type Scenario, unknownMarketOf } from '../parse-scenario.ts';
import { accepted, readBytes, readText } from '../read-input.ts';
import { startingBooks } from '../starting-books.ts';
import type { ReplayInputs } from './run-replay.ts';

/** A scenario with all its files read; the law is still open. */
export interface LoadedScenario {
  readonly file: string;
  readonly scenario: Scenario;
  readonly book: Book;
  readonly bookFile: string;
  readonly groups: ReplayInputs['groups'];
}

/** Reads a scenario, its book and its candles. Throws `BadInput` for the first that is wrong. */
export const loadScenario = (file: string): LoadedScenario => {
  const scenario = accepted(parseScenario(file, readBytes(file)));
  const besideScenario = (path: string): string => (isAbsolute(path) ? path : join(dirname(file), path));
  const bookFile = besideScenario(scenario.book);
  const book = accepted(parseBook(bookFile, readBytes(bookFile)));
  const unknown = unknownMarketOf(scenario, new Set(book.markets.map(({ marketId }) => marketId)));
  if (unknown !== null) throw new BadInput(unknown);
  const candlesOf = (path: string) => accepted(parseCandles(besideScenario(path), readText(besideScenario(path))));
  const paths = scenario.marks.map(({ candles, indexCandles }, position) =>
    accepted(marketPathOf(scenario, position, { mark: candlesOf(candles), index: indexCandles === null ? null : candlesOf(indexCandles) })),
  );
  return { file, scenario, book, bookFile, groups: mergeMarkPaths(paths) };
};

/**
 * The inputs of a replay under one rule set. Throws `BadInput` when a market has tiers neither in the book nor in the rule set, or a pool holds too many
 * markets.
 */
export const replayInputs = (loaded: LoadedScenario, ruleSet: RuleSet): ReplayInputs => {
  const { book, scenario, groups, bookFile } = loaded;
  return { ...startingBooks(bookFile, book, ruleSet), groups, events: scenario.events, depthPerMark: scenario.depthPerMark };
};
