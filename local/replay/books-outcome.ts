import type { Write } from '#core/commit.ts';
import type { Decision } from '#core/decision.ts';
import { Auditor } from '../audit/auditor.ts';
import { emptyTables, type InitialState, type MemoryTables } from '../store/memory-tables.ts';
import { Tally } from './tally.ts';

/** What the tables alone tell about a replay: enough for its document, however often the engine was stopped on the way. */
export interface BooksOutcome {
  readonly tables: MemoryTables;
  readonly tally: Tally;
  readonly violations: readonly string[];
}

/** How often the drawdown mode of the funds went on and off. */
export interface ModeTurns {
  readonly starts: number;
  readonly stops: number;
}

/** Every item as the write that would have put it. An order is counted as it ended; what settlement did to it is in the journal. */
const writesOf = (tables: MemoryTables, decisions: readonly Decision[]): readonly Write[] => [
  ...[...tables.Cases.values()].map((item): Write => ({ table: 'Cases', item })),
  ...[...tables.Orders.values()].map(
    (item): Write => ({
      table: 'Orders',
      item: item.kind === 'LIQUIDATION' && item.status === 'SETTLED' ? { ...item, status: 'ENDED' } : item,
    }),
  ),
  ...[...tables.Journal.values()].map((entry): Write => ({ table: 'Journal', entry })),
  ...decisions.map((decision): Write => ({ table: 'Decisions', decision })),
];

/**
 * Counts and audits a finished replay from its tables: the same totals as counting commit by commit, and Σ quantities and Σ values against the start.
 * What only the moment of a commit shows (a version, a state in between) is the tables' own conditions' business; of drawdowns the tables only know
 * whether one lasts, so that `drawdowns` has to be told.
 */
export const booksOutcome = (
  initial: InitialState,
  tables: MemoryTables,
  decisions: readonly Decision[],
  drawdowns: ModeTurns,
): BooksOutcome => {
  const tally = new Tally(initial.markets.map((market) => market.terms.marketId));
  const auditor = new Auditor(initial);
  const before: MemoryTables = { ...emptyTables(), Markets: tables.Markets };
  for (const write of writesOf(tables, decisions)) {
    tally.beforeCommit(before, [write]);
    if (write.table === 'Journal') auditor.posted(write.entry);
  }
  tally.finish(tables);
  Object.assign(tally.safeguards, { drawdownStarts: drawdowns.starts, drawdownStops: drawdowns.stops });
  auditor.finish(tables);
  return { tables, tally, violations: auditor.violations };
};
