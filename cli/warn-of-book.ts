import { fundsOf } from '#local/import-funds.ts';
import type { Book } from '#local/parse-book.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { complain } from './output.ts';

/** Says on stderr which domains of a rule set get no fund of the book. */
export const warnOfFunds = (file: string, book: Book, ruleSet: RuleSet): void => {
  for (const warning of fundsOf(book, ruleSet).warnings) complain(`warning: ${file} ${warning}`);
};

/** Says on stderr what of a book is used as given although it looks odd, and which domains of the rule sets get no fund of it. */
export const warnOfBook = (file: string, book: Book, ruleSets: readonly RuleSet[]): void => {
  for (const warning of book.warnings) complain(`warning: ${file} ${warning}`);
  for (const ruleSet of ruleSets) warnOfFunds(file, book, ruleSet);
};
