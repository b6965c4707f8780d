import type { Command } from 'commander';
import { BadInput, badFile } from '#local/bad-input.ts';
import { type ComparedRules, compareBook } from '#local/compare/compare-book.ts';
import { comparisonDocument } from '#local/documents/comparison-document.ts';
import { parseBook } from '#local/parse-book.ts';
import { accepted, readBytes } from '#local/read-input.ts';
import { readRuleSet } from '#local/rule-set-folder.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { say, sayJson } from '../../output.ts';
import { printComparison } from '../../print/print-comparison.ts';
import { warnOfBook } from '../../warn-of-book.ts';

interface CompareOptions {
  readonly book: string;
  readonly json?: boolean;
}

/** The rule sets by their names. Throws `BadInput` for a second one with the content of another, however it is named. */
const differentRules = (named: readonly string[]): readonly RuleSet[] => {
  const ruleSets = named.map(readRuleSet);
  for (const [index, { reference }] of ruleSets.entries()) {
    const first = ruleSets.findIndex((each) => each.reference.hash === reference.hash);
    if (first < index) throw badFile(named[index] ?? '', `expected another rule set: \`${named[first]}\` has the same content`);
  }
  return ruleSets;
};

/** Throws the reason of the first rule set where none can use the book. */
const refuseUnusable = (columns: readonly ComparedRules[]): void => {
  const [first] = columns;
  if (first?.kind === 'REFUSED' && columns.every(({ kind }) => kind === 'REFUSED')) throw new BadInput(first.fault);
};

const compare = async (named: readonly string[], { book: file, json }: CompareOptions): Promise<void> => {
  const ruleSets = differentRules(named);
  const book = accepted(parseBook(file, readBytes(file)));
  warnOfBook(file, book, ruleSets);
  const columns = await compareBook(file, book, ruleSets);
  refuseUnusable(columns);
  const document = comparisonDocument(file, columns);
  if (json === true) sayJson(document);
  else say(printComparison(document));
};

/**
 * `adl rules compare`: what one book comes to under several rule sets, side by side. A rule set that cannot use the book says so in its column; ends with 2
 * when none can, or when the book itself or a rule set is bad.
 */
export const addCompare = (rules: Command): void => {
  rules
    .command('compare')
    .description('one book under several rule sets side by side: prices, decisions, orders, ranking, settlement, who pays what')
    .argument('<set...>', 'rule sets `id@version`, `id`, or folders')
    .requiredOption('--book <book.json>', 'the book')
    .option('--json', 'one JSON document on stdout')
    .action(compare);
};
