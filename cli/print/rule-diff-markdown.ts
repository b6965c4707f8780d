import { rangeWords } from '#local/rule-diff/band-words.ts';
import type { BookDifference } from '#local/rule-diff/book-difference.ts';
import type { RuleSetDifference } from '#local/rule-diff/diff-rule-sets.ts';
import { type BandFigures, type RuleChange, sentenceOf } from '#local/rule-diff/rule-change.ts';
import { bookNotes, bookTotals, POOL_HEAD, poolRows, residualLines } from './book-difference-rows.ts';
import { type DiffSection, diffSections, nameOf, shortHash, tierLegend } from './rule-diff-sections.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const BAND_HEAD = ['tier', 'notional value', 'change', 'what it does'] as const;

const bandRow = (band: BandFigures, { what, effect }: RuleChange): readonly string[] => [
  band.tiers.replace(/^tiers? /, ''),
  rangeWords(band.notionalFloor, band.notionalCap),
  what,
  effect ?? '',
];

const sectionMarkdown = ({ title, changes, notes }: DiffSection): string => {
  const rows = changes.flatMap((change) => (change.band === null ? [] : [bandRow(change.band, change)]));
  const sentences = changes.filter(({ band }) => band === null).map(sentenceOf);
  return [
    `### ${title}`,
    ...(sentences.length === 0 ? [] : [bullets(sentences)]),
    ...(rows.length === 0 ? [] : [tableOf(BAND_HEAD, rows)]),
    ...(notes.length === 0 ? [] : [bullets(notes)]),
  ].join('\n\n');
};

/** A difference of rule sets as Markdown, ready for a pull request. */
export const ruleDiffMarkdown = ({ before, after, changes }: RuleSetDifference): string => {
  const legend = tierLegend(changes);
  return [
    `## Rules: \`${nameOf(before)}\` → \`${nameOf(after)}\``,
    changes.length === 0 ? `No difference (\`${shortHash(before)}\`).` : `\`${shortHash(before)}\` → \`${shortHash(after)}\``,
    ...diffSections(changes).map(sectionMarkdown),
    ...(legend === null ? [] : [legend]),
  ].join('\n\n');
};

/** What a difference changes in a book, as Markdown. */
export const bookDifferenceMarkdown = (file: string, difference: BookDifference): string => {
  const rows = poolRows(difference).map(([pool = '', ...cells]) => [`\`${pool}\``, ...cells]);
  const notes = [...bookNotes(difference), ...residualLines(difference)];
  return [
    `### Book \`${file}\``,
    `${bookTotals(difference)}.`,
    ...(rows.length === 0 ? [] : [tableOf(POOL_HEAD, rows)]),
    ...(notes.length === 0 ? [] : [bullets(notes)]),
  ].join('\n\n');
};
