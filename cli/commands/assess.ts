import type { Command } from 'commander';
import { assessBook } from '#local/assess-book.ts';
import { assessDocument } from '#local/documents/assess-document.ts';
import { DEFAULT_RULE_SET } from '#local/rule-set-folder.ts';
import { type BookCommand, type BookOptions, eachBook } from '../each-book.ts';
import { say } from '../output.ts';
import { printAssessment } from '../print/print-assessment.ts';

const assess: BookCommand = {
  document: async (file, book, ruleSet) => assessDocument(ruleSet.reference, await assessBook(file, book, ruleSet)),
  print: async (file, book, ruleSet) =>
    say(printAssessment(file, assessDocument(ruleSet.reference, await assessBook(file, book, ruleSet)))),
};

/** `adl assess`: margin, prices, verdicts and the decision for every pool of a book. */
export const addAssess = (adl: Command): void => {
  adl
    .command('assess')
    .description('margin of every pool and position, liquidation and bankruptcy price, verdicts, decision')
    .argument('<book.json...>', 'books to assess')
    .option('--rules <set>', 'rule set `id@version`, `id`, or a folder', DEFAULT_RULE_SET)
    .option('--json', 'one JSON document per book on stdout')
    .action((files: string[], options: BookOptions) => eachBook(assess, files, options));
};
