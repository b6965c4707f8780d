import { present } from '#core/invariant.ts';
import { compareBook } from '#local/compare/compare-book.ts';
import { type ComparisonDocument, comparisonDocument } from '#local/documents/comparison-document.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted, readBytes } from '#local/read-input.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { type ComparisonRow, poolSection, queueSection } from '../print/comparison-rows.ts';
import { paymentSection } from '../print/payment-rows.ts';
import { rulesTable } from './rules-table.ts';

/** What a worked book comes to under each of the rule sets. Throws `BadInput` when the book cannot be read. */
export const workedBook = async (file: string, ruleSets: readonly RuleSet[]): Promise<ComparisonDocument> => {
  const book = accepted(parseBook(file, readBytes(file)));
  return comparisonDocument(file, await compareBook(file, book, ruleSets));
};

const tableOf = ({ ruleSets }: ComparisonDocument, rows: readonly ComparisonRow[]): string =>
  rulesTable(
    rows.map(({ label }) => label.trim()),
    ruleSets.map((column) => ({ ruleSet: column.ruleSet, cells: rows.map(({ cellIn }) => cellIn(column)) })),
  );

const POOL_ROWS = ['maintenance margin', 'liquidation price', 'bankruptcy price', 'state', 'decision', 'order'];

/** The rows of these names; of several with one name, as of a pool and of its only position, the last. */
const rowsNamed = (rows: readonly ComparisonRow[], names: readonly string[]): readonly ComparisonRow[] =>
  names.map((name) =>
    present(
      rows.findLast(({ label }) => label.trim() === name),
      `a comparison has the row ${name}`,
    ),
  );

/** At which prices an account's only pool ends, what is decided about it and ordered. */
export const poolTable = (document: ComparisonDocument, accountId: string): string => {
  const pools = document.ruleSets.flatMap((column) => column.pools);
  const pool = present(
    pools.find((each) => each.accountId === accountId),
    `the worked book has ${accountId}`,
  );
  return tableOf(document, rowsNamed(poolSection(pool).rows, POOL_ROWS));
};

const queueRows = ({ ruleSets }: ComparisonDocument, accountId: string): readonly ComparisonRow[] =>
  queueSection(accountId, ruleSets, ({ bankruptPositions }) => bankruptPositions.find((each) => each.accountId === accountId)).rows;

/** Where the places end and the transfers begin. */
const placesIn = (rows: readonly ComparisonRow[]): number => rows.findIndex(({ label }) => label === 'settlement price');

/** Where everybody stands who might have to take an account's position: place · score · indicator, or why not. */
export const rankingTable = (document: ComparisonDocument, accountId: string): string => {
  const rows = queueRows(document, accountId);
  return tableOf(document, rows.slice(0, placesIn(rows)));
};

/** What an account's position is settled at, who gives how much of it for which haircut, and what nobody takes. */
export const transferTable = (document: ComparisonDocument, accountId: string): string => {
  const rows = queueRows(document, accountId);
  return tableOf(document, rows.slice(placesIn(rows)));
};

/** Who pays what in the end. */
export const paymentTable = (document: ComparisonDocument): string => tableOf(document, paymentSection(document.ruleSets).rows);
