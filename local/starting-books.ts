import type { RuleSet } from '#rule-sets/rule-set.ts';
import { marketsIn, poolsIn } from './import-book.ts';
import { fundsOf } from './import-funds.ts';
import type { Book } from './parse-book.ts';
import type { InitialState } from './store/memory-tables.ts';

/** Everything that a venue and its engine start from. */
export interface StartingBooks {
  readonly initial: InitialState;
  readonly fundIds: ReadonlyMap<string, string>;
  readonly ruleSet: RuleSet;
}

/**
 * What an engine under a rule set makes of a book's file. Throws `BadInput` when a market has tiers neither in the book nor in the rule set, or a pool holds
 * too many markets.
 */
export const startingBooks = (file: string, book: Book, ruleSet: RuleSet): StartingBooks => {
  const markets = marketsIn(file, book, ruleSet);
  const { funds, fundIds } = fundsOf(book, ruleSet);
  return { initial: { markets, pools: poolsIn(file, book), funds }, fundIds, ruleSet };
};
