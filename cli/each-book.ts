import { BadInput } from '#local/bad-input.ts';
import { type Book, parseBook } from '#local/parse-book.ts';
import { accepted, readBytes } from '#local/read-input.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { EXIT } from './exit-codes.ts';
import { complain, errorDocument, sayJson } from './output.ts';
import { warnOfBook } from './warn-of-book.ts';

export interface BookOptions {
  readonly rules: string;
  readonly json?: boolean;
}

/** Turns one book into its result: a JSON document, or text for a person. */
export interface BookCommand {
  readonly document: (file: string, book: Book, ruleSet: RuleSet) => Promise<unknown>;
  readonly print: (file: string, book: Book, ruleSet: RuleSet) => Promise<void>;
}

const runOne = async (command: BookCommand, file: string, ruleSet: RuleSet, json: boolean): Promise<void> => {
  const book = accepted(parseBook(file, readBytes(file)));
  warnOfBook(file, book, [ruleSet]);
  if (json) sayJson(await command.document(file, book, ruleSet));
  else await command.print(file, book, ruleSet);
};

/**
 * Runs a command over books, in order. A bad one is named in one line and, with `--json`, by an error document in its place; the others go on and the
 * exit code is 2. Bad rules stop the command before the first book.
 */
export const eachBook = async (command: BookCommand, files: readonly string[], options: BookOptions): Promise<void> => {
  const ruleSet = readRuleSet(options.rules);
  for (const file of files) {
    try {
      await runOne(command, file, ruleSet, options.json === true);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      complain(error.message);
      if (options.json === true) sayJson(errorDocument(error));
      process.exitCode = EXIT.badInput;
    }
  }
};
