import type { RuleSetReference } from '#core/policy.ts';
import { epochMs } from '#core/units/time.ts';
import { activeLaw } from '#functions/adapters/lambda/active-law.ts';
import { MarketDirectory } from '#functions/adapters/lambda/market-directory.ts';
import { ruleSetStore } from '#functions/adapters/lambda/rule-set-store.ts';
import { badFile } from '../bad-input.ts';
import { parseBook } from '../parse-book.ts';
import { accepted, readBytes } from '../read-input.ts';
import { readRuleSet } from '../rule-set-folder.ts';
import { type StartingBooks, startingBooks } from '../starting-books.ts';
import { BooksFolder, type BooksNote, booksNoteOf, contentOf } from './books-folder.ts';
import { seedBooks } from './seed-books.ts';
import type { StackSession } from './stack-session.ts';

/** Which books a server starts with; undefined: those that its folder holds, else the defaults. */
export interface ServedBooks {
  readonly dataFolder: string;
  readonly book: string | undefined;
  readonly rules: string | undefined;
  readonly defaultBook: string;
  readonly defaultRules: string;
}

/** The books of a server before its stack runs: read where they are to be put, known by name where they are there already. */
export interface OpenedBooks {
  readonly folder: BooksFolder;
  readonly ruleSet: RuleSetReference;
  readonly name: string;
  /** A price that the book's first market has been at, for an example; null where the book is not read again. */
  readonly markPrice: string | null;
  readonly seed: (session: StackSession) => Promise<void>;
}

const readBooks = (file: string, rules: string): StartingBooks & { readonly markPrice: string | null } => {
  const book = accepted(parseBook(file, readBytes(file)));
  return { ...startingBooks(file, book, readRuleSet(rules)), markPrice: book.markets[0]?.markPrice.toFixed() ?? null };
};

const noteOf = (file: string, { initial, fundIds, ruleSet }: StartingBooks): BooksNote => ({
  kind: 'SERVER',
  name: file,
  content: contentOf({ initial, fundIds }),
  ruleSet: ruleSet.reference,
});

const seeding =
  (folder: BooksFolder, books: StartingBooks) =>
  ({ client, stack, tables, signal }: StackSession): Promise<void> =>
    seedBooks({ client, endpoint: stack.endpoint, tables, signal }, folder, books, epochMs(Date.now()));

/**
 * Opens the books of a server. A folder that holds some goes on with them, whatever the defaults are; books or rules that are named have to be the same.
 * Throws `BadInput` where they are not, and for a book or rules that cannot be read.
 */
export const openBooks = ({ dataFolder, book, rules, defaultBook, defaultRules }: ServedBooks): OpenedBooks => {
  const before = booksNoteOf(dataFolder);
  const goesOn = before !== null && book === undefined && rules === undefined;
  if (goesOn && before.kind === 'SERVER') {
    const folder = new BooksFolder(dataFolder, before);
    if (folder.isSeeded) return { folder, ruleSet: before.ruleSet, name: before.name, markPrice: null, seed: async () => {} };
  }
  const file = book ?? (before?.kind === 'SERVER' ? before.name : defaultBook);
  const books = readBooks(file, rules ?? defaultRules);
  const folder = new BooksFolder(dataFolder, noteOf(file, books));
  return { folder, ruleSet: books.ruleSet.reference, name: file, markPrice: books.markPrice, seed: seeding(folder, books) };
};

/** Which fund backs each market, and the law, as the tables have them: the rules may have been changed since the books were put. */
export const booksInForce = async ({ client, tables }: StackSession, ruleSetId: string) => {
  const fundIds = await new MarketDirectory(client, tables).fundIds();
  if (fundIds.size === 0) throw badFile(tables.markets, 'holds no markets');
  return { fundIds, ruleSet: await activeLaw(ruleSetStore(client, tables), ruleSetId)() };
};
