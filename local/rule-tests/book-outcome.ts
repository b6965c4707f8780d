import type { RuleSet } from '#rule-sets/rule-set.ts';
import { assessBook } from '../assess-book.ts';
import { deleverageBook } from '../deleverage-book.ts';
import { assessDocument } from '../documents/assess-document.ts';
import { deleverageDocument } from '../documents/deleverage-document.ts';
import type { Book } from '../parse-book.ts';
import type { Subject } from './named-subjects.ts';
import type { AskedFacts } from './rule-test.ts';
import type { RuleTestDocument } from './rule-test-schema.ts';
import { askedOfShortfall, refusalOf, runWaves } from './run-waves.ts';

/** A margin pool at the marks of the book, and what the margin rules said about it. */
interface PoolSubject extends Subject {
  readonly decision: { readonly kind: string; readonly state: string };
}

const assessed = async (file: string, book: Book, ruleSet: RuleSet) => {
  const pools = await assessBook(file, book, ruleSet);
  const subjects = pools.map(({ pool, judgement, state }): PoolSubject => {
    const { facts, verdicts, choice } = judgement;
    const of = `pool ${pool.poolId} at the marks of the book`;
    const asked: AskedFacts = { kind: 'margin', of, facts, refusal: refusalOf(choice) };
    return { ids: { poolId: pool.poolId }, verdicts, asked, decision: { kind: choice.kind, state } };
  });
  return { subjects, pools: assessDocument(ruleSet.reference, pools).pools };
};

/** Expectations that only the waves answer; those that a book without residuals answers by its waves too. */
const OF_WAVES = ['shortfallVerdicts', 'funds', 'residuals', 'cases', 'totals'] as const;

/** A book with residuals states what is left to deleverage: its waves run only where the test asks for what comes of them. */
const needsWaves = (book: Book, { expect }: RuleTestDocument): boolean =>
  book.residuals.length === 0 || OF_WAVES.some((key) => expect[key] !== undefined);

const wavesOf = async (file: string, book: Book, test: RuleTestDocument, ruleSet: RuleSet) => {
  if (!needsWaves(book, test)) return null;
  const waves = await runWaves(file, book, test, ruleSet);
  const subjects = waves.shortfalls.map((decision): Subject => {
    const { poolId, marketId, verdicts } = decision;
    return { ids: { poolId, marketId }, verdicts, asked: askedOfShortfall(decision) };
  });
  return { ...waves, subjects };
};

const plansOf = async (file: string, book: Book, ruleSet: RuleSet) =>
  book.residuals.length === 0 ? [] : deleverageBook(file, book, ruleSet);

/**
 * Everything that the commands would say about a book under a rule set: its assessment, the plans of its residuals, and what its waves come to.
 * Throws `BadInput` when a market has tiers neither in the book nor in the rule set, or a pool holds too many markets.
 */
export const bookOutcome = async (file: string, book: Book, test: RuleTestDocument, ruleSet: RuleSet) => {
  const { subjects, pools } = await assessed(file, book, ruleSet);
  const planned = await plansOf(file, book, ruleSet);
  const { plans } = deleverageDocument(ruleSet, planned);
  const waves = await wavesOf(file, book, test, ruleSet);
  return {
    subjects,
    pools,
    orders: pools.flatMap(({ poolId, decision }) => decision.orders.map((order) => ({ poolId, ...order }))),
    plans,
    planned,
    marketIds: book.markets.map(({ marketId }) => marketId),
    waves,
    transfers:
      book.residuals.length === 0
        ? (waves?.transfers ?? [])
        : plans.flatMap(({ marketId, transfers }) => transfers.map((transfer) => ({ ...transfer, marketId }))),
    asked: [...subjects.map(({ asked }) => asked), ...(waves?.asked ?? [])],
  };
};

/** What came out of a book under test. */
export type BookOutcome = Awaited<ReturnType<typeof bookOutcome>>;
