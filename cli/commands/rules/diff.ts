import { type Command, Option } from 'commander';
import { ruleDiffDocument } from '#local/documents/rule-diff-document.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted, readBytes } from '#local/read-input.ts';
import { type BookDifference, bookDifference } from '#local/rule-diff/book-difference.ts';
import { diffRuleSets, type RuleSetDifference } from '#local/rule-diff/diff-rule-sets.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { EXIT } from '../../exit-codes.ts';
import { say, sayJson } from '../../output.ts';
import { printBookDifference, printRuleDiff } from '../../print/print-rule-diff.ts';
import { bookDifferenceMarkdown, ruleDiffMarkdown } from '../../print/rule-diff-markdown.ts';
import { warnOfBook } from '../../warn-of-book.ts';

const FORMATS = ['text', 'markdown', 'json'] as const;

type Format = (typeof FORMATS)[number];

interface DiffOptions {
  readonly format: Format;
  readonly json?: boolean;
  readonly book?: string;
  readonly exitCode?: boolean;
}

interface ComparedBook {
  readonly file: string;
  readonly difference: BookDifference;
}

const compareBook = async (file: string, before: RuleSet, after: RuleSet): Promise<ComparedBook> => {
  const book = accepted(parseBook(file, readBytes(file)));
  warnOfBook(file, book, [before, after]);
  return { file, difference: await bookDifference(file, book, before, after) };
};

const SHOW: Readonly<Record<Format, (difference: RuleSetDifference, book: ComparedBook | null) => void>> = {
  text: (difference, book) =>
    say([printRuleDiff(difference), ...(book === null ? [] : [printBookDifference(book.file, book.difference)])].join('\n\n')),
  markdown: (difference, book) =>
    say([ruleDiffMarkdown(difference), ...(book === null ? [] : [bookDifferenceMarkdown(book.file, book.difference)])].join('\n\n')),
  json: (difference, book) => sayJson(ruleDiffDocument(difference, book)),
};

const diff = async (a: string, b: string, options: DiffOptions): Promise<void> => {
  const [before, after] = [readRuleSet(a), readRuleSet(b)];
  const book = options.book === undefined ? null : await compareBook(options.book, before, after);
  SHOW[options.json === true ? 'json' : options.format](diffRuleSets(before, after), book);
  if (options.exitCode === true && before.reference.hash !== after.reference.hash) process.exitCode = EXIT.failed;
};

/** `adl rules diff`: what changes from one rule set to another, in risk terms. Ends with 0 whether or not anything does, unless `--exit-code` asks. */
export const addDiff = (rules: Command): void => {
  rules
    .command('diff')
    .description('what changes from one rule set to another, in risk terms')
    .argument('<a>', 'rule set `id@version`, `id`, or a folder')
    .argument('<b>', 'the one to compare it with')
    .option('--book <book.json>', 'also say which pools of a book change')
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('text'))
    .addOption(new Option('--json', 'one JSON document on stdout: the same as --format json').conflicts('format'))
    .option('--exit-code', 'end with 1 when the two differ')
    .action(diff);
};
