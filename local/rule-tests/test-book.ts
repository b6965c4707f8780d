import { dirname, join } from 'node:path';
import { ok, type Result, refused } from '#core/result.ts';
import { jsonPath } from '#rule-sets/json-path.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { BadInput } from '../bad-input.ts';
import { type Book, bookOf, parseBook } from '../parse-book.ts';
import { readBytes } from '../read-input.ts';
import { faultOfTest, firstFault, placed, type WrittenTest } from './parse-rule-tests.ts';
import { unknownMarketFindings } from './rule-test-findings.ts';

/** The book of a test and the file that it is written in. */
export interface TestBook {
  readonly file: string;
  readonly book: Book;
}

const readBook = (written: WrittenTest, named: string): Result<TestBook, Fault> => {
  const file = join(dirname(written.source.file), named);
  try {
    const parsed = parseBook(file, readBytes(file));
    return parsed.ok ? ok({ file, book: parsed.value }) : refused(placed(parsed.refusal));
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return refused(faultOfTest(written, ['file'], `\`${named}\`: ${error.fault.message}`));
  }
};

/** The book that a test holds or names, and that its marks and its venue fit to; null for a test of stated facts. */
export const testBook = (written: WrittenTest): Result<TestBook | null, Fault> => {
  const { test, source } = written;
  if (test.facts !== undefined) return ok(null);
  const found: Result<TestBook, Fault> =
    test.book === undefined ? readBook(written, test.file ?? '') : ok({ file: source.file, book: bookOf(test.book) });
  if (!found.ok) return found;
  const marketIds = new Set(found.value.book.markets.map(({ marketId }) => marketId));
  const fault = firstFault(written, unknownMarketFindings(test, marketIds));
  return fault === null ? found : refused(fault);
};

/** What a command would say of a book, as a fault: where the book stands in the test, or in its own file. */
export const faultOfBook = (written: WrittenTest, { fault }: BadInput): Fault => {
  const { source, steps, test } = written;
  const { file, line, path, message } = fault;
  if (test.book === undefined) return { file, line: line ?? 1, column: 1, path: path === '' ? '$' : path, message };
  const at = [...steps, 'book'];
  return { file, ...source.locate(at), path: `${jsonPath(at)}${path.replace(/^\$/, '')}`, message };
};
