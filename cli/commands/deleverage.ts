import type { Command } from 'commander';
import { deleverageBook } from '#local/deleverage-book.ts';
import { deleverageDocument } from '#local/documents/deleverage-document.ts';
import { DEFAULT_RULE_SET } from '#local/rule-set-folder.ts';
import { type BookCommand, type BookOptions, eachBook } from '../each-book.ts';
import { say } from '../output.ts';
import { printDeleveraging } from '../print/print-deleveraging.ts';

const deleverage: BookCommand = {
  document: async (file, book, ruleSet) => deleverageDocument(ruleSet, await deleverageBook(file, book, ruleSet)),
  print: async (file, book, ruleSet) =>
    say(printDeleveraging(file, deleverageDocument(ruleSet, await deleverageBook(file, book, ruleSet)))),
};

/** `adl deleverage`: the ranking and the plan for each residual of a book. */
export const addDeleverage = (adl: Command): void => {
  adl
    .command('deleverage')
    .description('ranks counterparties and prints the plan for each residual of a book')
    .argument('<book.json...>', 'books with residuals')
    .option('--rules <set>', 'rule set `id@version`, `id`, or a folder', DEFAULT_RULE_SET)
    .option('--json', 'one JSON document per book on stdout')
    .action((files: string[], options: BookOptions) => eachBook(deleverage, files, options));
};
