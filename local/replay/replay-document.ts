import { assessMargin } from '#core/margin/assess-margin.ts';
import type { RuleSetReference } from '#core/policy.ts';
import { type Decimal, sum, ZERO } from '#core/units/decimal.ts';
import { exact } from '../documents/exact-figures.ts';
import type { Book } from '../parse-book.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import { markedAtEnd } from './marked-at-end.ts';
import type { Tally } from './tally.ts';
import type { Counters } from './totals.ts';

export interface Timings {
  readonly totalMs: number;
  readonly marksPerSecond: number;
  /** Pools with a position in a marked market, spared by their guard or evaluated, per second. Absent where nobody counts those that were spared. */
  readonly poolMarksPerSecond?: number;
  readonly evaluations: number;
  readonly evaluationsPerSecond: number;
}

const counterDocument = (counters: Counters) => ({
  breaches: counters.breaches,
  liquidationOrders: counters.liquidationOrders,
  marketFills: counters.marketFills,
  marketFilledQuantity: counters.marketFilledQuantity.toFixed(),
  deleveragingFills: counters.deleveragingFills,
  deleveragedQuantity: counters.deleveragedQuantity.toFixed(),
  deleveragedNotional: counters.deleveragedNotional.toFixed(),
  fundPaid: counters.fundPaid.toFixed(),
  fundReceived: counters.fundReceived.toFixed(),
});

const lossDocument = (counters: Counters) => ({
  haircuts: counters.haircuts.toFixed(),
  overshoot: counters.overshoot.toFixed(),
  residualQuantity: counters.residualQuantity.toFixed(),
});

/** Σ margin balances at the last accepted marks; a market that never had one counts at the book's. */
const marginBalanceOf = (tables: MemoryTables, book: Book): Decimal => {
  const marked = markedAtEnd(tables, book);
  return sum(
    [...tables.Pools.values()].map((pool) => {
      const assessed = assessMargin(pool, marked);
      return assessed.ok ? assessed.value.marginBalance : ZERO;
    }),
  );
};

/** What a replay's document is made of, whether it was counted commit by commit or from the tables at its end. */
export interface CountedOutcome {
  readonly tables: MemoryTables;
  readonly tally: Tally;
  readonly violations: readonly string[];
  readonly marks: number;
}

/** What a replay comes to over all markets. */
export const totalsDocument = (book: Book, { tables, tally }: Pick<CountedOutcome, 'tables' | 'tally'>) => ({
  ...counterDocument(tally.total),
  fundBalance: sum([...tables.Funds.values()].map((fund) => fund.balance)).toFixed(),
  ...lossDocument(tally.total),
  poolsOpen: [...tables.Pools.values()].filter((pool) => pool.positions.length > 0).length,
  marginBalance: exact(marginBalanceOf(tables, book)),
});

/** The result of one replay under one rule set: everything but the timings is the same on every run. */
export const replayDocument = (
  scenario: string,
  ruleSet: RuleSetReference,
  book: Book,
  outcome: CountedOutcome,
  timings: Timings,
  report: string,
) => {
  const { tally, violations } = outcome;
  return {
    scenario,
    ruleSet,
    marks: outcome.marks,
    totals: totalsDocument(book, outcome),
    markets: Object.fromEntries(
      [...tally.markets].map(([marketId, counters]) => [marketId, { ...counterDocument(counters), ...lossDocument(counters) }]),
    ),
    conserved: violations.length === 0,
    violations,
    timings,
    report,
  };
};

export type ReplayDocument = ReturnType<typeof replayDocument>;
