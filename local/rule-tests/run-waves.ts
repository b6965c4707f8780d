import { fundAccount } from '#core/account/ledger.ts';
import type { DeleveragingDecision, MarginDecision, ShortfallDecision } from '#core/decision.ts';
import type { MarginChoice } from '#core/liquidation/decide-margin.ts';
import { isLive } from '#core/liquidation/liquidation-case.ts';
import { sum } from '#core/units/decimal.ts';
import { type DurationMs, durationMs, epochMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { transferDocument } from '../documents/deleverage-document.ts';
import { type MarkGroup, mergeMarkPaths, type PathMark } from '../mark-path.ts';
import type { Book, BookMarket } from '../parse-book.ts';
import type { ScenarioEvent } from '../parse-scenario.ts';
import { totalsDocument } from '../replay/replay-document.ts';
import { runReplay } from '../replay/run-replay.ts';
import { startingBooks } from '../starting-books.ts';
import type { MemoryTables } from '../store/memory-tables.ts';
import type { AskedFacts } from './rule-test.ts';
import type { RuleTestDocument } from './rule-test-schema.ts';

/** What happens to a book after its own marks; nothing where all of it is left out. */
type Course = Pick<RuleTestDocument, 'marks' | 'events' | 'venue'>;
type Mark = NonNullable<RuleTestDocument['marks']>[number];
type Event = NonNullable<RuleTestDocument['events']>[number];

const pathOf = (book: Book, market: BookMarket, marks: readonly Mark[]): readonly PathMark[] => {
  const further = marks.filter(({ marketId }) => marketId === market.marketId).sort((a, b) => a.afterMs - b.afterMs);
  const at = (after: DurationMs) => epochMs(book.asOf + after);
  return [
    { at: book.asOf, markPrice: market.markPrice, indexPrice: market.indexPrice },
    ...further.map(({ markPrice, indexPrice, afterMs }) => ({
      at: at(durationMs(afterMs)),
      markPrice,
      indexPrice: indexPrice ?? markPrice,
    })),
  ];
};

/** The book's own marks at its time, then the further ones; marks of one instant in the order of the book's markets. */
const groupsOf = (book: Book, marks: readonly Mark[]): readonly MarkGroup[] =>
  mergeMarkPaths(book.markets.map((market) => ({ marketId: market.marketId, marks: pathOf(book, market, marks) })));

/** By time; those of equal time as the test has them. */
const eventsOf = (book: Book, events: readonly Event[]): readonly ScenarioEvent[] =>
  events
    .map(({ marketId, status, afterMs }) => ({ marketId, status, stopped: null, atMs: epochMs(book.asOf + afterMs) }))
    .sort((a, b) => a.atMs - b.atMs);

/** Why a pool could not be judged; null where it was. */
export const refusalOf = (choice: MarginChoice): string | null => (choice.kind === 'REFUSED' ? choice.reason : null);

/** What the margin rules were asked about a pool. */
export const askedOfMargin = ({ poolId, waveId, facts, choice }: MarginDecision): AskedFacts => ({
  kind: 'margin',
  of: `pool ${poolId} in wave ${waveId}`,
  facts,
  refusal: refusalOf(choice),
});

/** What the shortfall rules were asked about one leg of a case. */
export const askedOfShortfall = ({ poolId, side, marketId, waveId, facts }: ShortfallDecision): AskedFacts => ({
  kind: 'shortfall',
  of: `${side} ${marketId} of pool ${poolId} in wave ${waveId}`,
  facts,
  refusal: null,
});

const askedIn = (tables: MemoryTables): readonly AskedFacts[] =>
  [...tables.Decisions.values()].flatMap((decision) => {
    if (decision.kind === 'MARGIN') return [askedOfMargin(decision)];
    return decision.kind === 'SHORTFALL' ? [askedOfShortfall(decision)] : [];
  });

const isShortfall = (decision: { readonly kind: string }): decision is ShortfallDecision => decision.kind === 'SHORTFALL';
const isDeleveraging = (decision: { readonly kind: string }): decision is DeleveragingDecision => decision.kind === 'DELEVERAGING';

/** What each fund paid and received over the waves, and what it has at the end. Its asset. */
const fundMovements = ({ Funds, Journal }: MemoryTables) => {
  const legs = [...Journal.values()].flatMap((entry) => entry.legs);
  return [...Funds.values()].map(({ fundId, balance }) => {
    const values = legs.filter(({ account }) => account === fundAccount(fundId)).map(({ value }) => value);
    const paid = sum(values.filter((value) => value.lt(0))).negated();
    const received = sum(values.filter((value) => value.gt(0)));
    return { fundId, paid: paid.toFixed(), received: received.toFixed(), balance: balance.toFixed() };
  });
};

const residualsIn = ({ Cases }: MemoryTables) =>
  [...Cases.values()]
    .filter(({ state }) => isLive(state))
    .flatMap(({ poolId, legs }) =>
      legs
        .filter(({ residualQuantity }) => residualQuantity.gt(0))
        .map(({ marketId, side, residualQuantity }) => ({ poolId, marketId, side, quantity: residualQuantity.toFixed() })),
    );

const termsIn = ({ Markets }: MemoryTables) => new Map([...Markets].map(([marketId, { terms }]) => [marketId, terms]));

/**
 * Runs the whole waterfall over a book: the book's own marks first, then the further marks of its course, through the engine's own use cases.
 * Throws `BadInput` when a market has tiers neither in the book nor in the rule set, or a pool holds too many markets.
 */
export const runWaves = async (file: string, book: Book, course: Course, ruleSet: RuleSet) => {
  const depthPerMark = new Map(Object.entries(course.venue?.depthPerMark ?? {}));
  const groups = groupsOf(book, course.marks ?? []);
  const books = startingBooks(file, book, ruleSet);
  const outcome = await runReplay({ ...books, groups, events: eventsOf(book, course.events ?? []), depthPerMark }, () => undefined);
  const decisions = [...outcome.tables.Decisions.values()];
  return {
    shortfalls: decisions.filter(isShortfall),
    transfers: decisions
      .filter(isDeleveraging)
      .flatMap(({ marketId, transfers }) => transfers.map((transfer) => ({ ...transferDocument(transfer), marketId }))),
    funds: fundMovements(outcome.tables),
    residuals: residualsIn(outcome.tables),
    cases: [...outcome.tables.Cases.values()].map(({ poolId, state }) => ({ poolId, state })),
    totals: totalsDocument(book, outcome),
    violations: outcome.violations,
    asked: askedIn(outcome.tables),
    trail: {
      tables: outcome.tables,
      fundIds: books.fundIds,
      endedAt: groups.at(-1)?.at ?? book.asOf,
      record: { file, ruleSet, terms: termsIn(outcome.tables), lines: outcome.record.lines },
    },
  };
};

/** What came out of the waves of a book; its `trail` is what it came from. */
export type WavesOutcome = Awaited<ReturnType<typeof runWaves>>;
