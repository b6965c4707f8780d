import type { BookDifference } from '#local/rule-diff/book-difference.ts';
import type { RuleSetDifference } from '#local/rule-diff/diff-rule-sets.ts';
import { sentenceOf } from '#local/rule-diff/rule-change.ts';
import { bookNotes, bookTotals, POOL_HEAD, poolRows, residualLines } from './book-difference-rows.ts';
import { type DiffSection, diffSections, nameOf, shortHash, tierLegend } from './rule-diff-sections.ts';
import { table } from './table.ts';

const indented = (line: string): string => `  ${line}`;

const sectionText = ({ title, changes, notes }: DiffSection): string =>
  [title, ...changes.map(sentenceOf).map(indented), ...notes.map(indented)].join('\n');

/** A difference of rule sets for a terminal. */
export const printRuleDiff = ({ before, after, changes }: RuleSetDifference): string => {
  const names = `${nameOf(before)} → ${nameOf(after)}`;
  if (changes.length === 0) return `${names}: no difference (${shortHash(before)})`;
  const legend = tierLegend(changes);
  return [
    `${names}  (${shortHash(before)} → ${shortHash(after)})`,
    ...diffSections(changes).map(sectionText),
    ...(legend === null ? [] : [legend]),
  ].join('\n\n');
};

/** What a difference changes in a book, for a terminal. */
export const printBookDifference = (file: string, difference: BookDifference): string => {
  const rows = poolRows(difference);
  return [
    `${file}: ${bookTotals(difference)}`,
    ...(rows.length === 0 ? [] : [table([POOL_HEAD, ...rows].map(([pool = '', ...cells]) => [indented(pool), ...cells]))]),
    ...[...bookNotes(difference), ...residualLines(difference)].map(indented),
  ].join('\n');
};
