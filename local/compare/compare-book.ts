import type { DeleveragingPlan } from '#core/adl/deleveraging-plan.ts';
import { type MarkedMarkets, markedMarkets } from '#core/market/marked-market.ts';
import type { MarketState } from '#core/market/market-state.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type AssessedPool, assessBook, markedBook } from '../assess-book.ts';
import { BadInput, type InputFault } from '../bad-input.ts';
import { deleverageBook } from '../deleverage-book.ts';
import type { Book } from '../parse-book.ts';
import { runWaves, type WavesOutcome } from '../rule-tests/run-waves.ts';

/** What one rule set makes of a book. */
export interface BookUnderRules {
  readonly ruleSet: RuleSet;
  /** Pools at the marks of the book, with what would be ordered now. */
  readonly pools: readonly AssessedPool[];
  /** What becomes of the residuals that the book has itself, in its order. */
  readonly plans: readonly DeleveragingPlan[];
  /** The whole waterfall at the book's own marks; its residuals take no part in it. */
  readonly waves: WavesOutcome;
  /** The markets of the book with its marks. */
  readonly markets: readonly MarketState[];
  readonly marked: MarkedMarkets;
}

/** One rule set of a comparison: what it makes of the book, or why it cannot use it. */
export type ComparedRules =
  | { readonly kind: 'COMPARED'; readonly ruleSet: RuleSet; readonly outcome: BookUnderRules }
  | { readonly kind: 'REFUSED'; readonly ruleSet: RuleSet; readonly fault: InputFault };

const underRules = async (file: string, book: Book, ruleSet: RuleSet): Promise<BookUnderRules> => {
  const markets = markedBook(file, book, ruleSet);
  return {
    ruleSet,
    pools: await assessBook(file, book, ruleSet),
    plans: await deleverageBook(file, book, ruleSet),
    waves: await runWaves(file, book, {}, ruleSet),
    markets,
    marked: markedMarkets(markets),
  };
};

const compared = async (file: string, book: Book, ruleSet: RuleSet): Promise<ComparedRules> => {
  try {
    return { kind: 'COMPARED', ruleSet, outcome: await underRules(file, book, ruleSet) };
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return { kind: 'REFUSED', ruleSet, fault: error.fault };
  }
};

/**
 * One book under several rule sets, in their order: assessed, its residuals deleveraged, and its waterfall run at its own marks. A rule set that cannot use
 * the book, as where it has no tiers for a market, does not keep the others from it.
 */
export const compareBook = async (file: string, book: Book, ruleSets: readonly RuleSet[]): Promise<readonly ComparedRules[]> => {
  const columns: ComparedRules[] = [];
  for (const ruleSet of ruleSets) columns.push(await compared(file, book, ruleSet));
  return columns;
};
