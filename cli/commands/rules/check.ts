import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { RuleSetReference } from '#core/policy.ts';
import { type CheckedFolder, checkFolder } from '#local/check-folders.ts';
import { checkDocument } from '#local/documents/check-document.ts';
import { releasedHashes } from '#local/released-lock.ts';
import { RULES_ROOT, rulesRoot } from '#local/rule-set-folder.ts';
import { EXIT } from '../../exit-codes.ts';
import { say, sayJson } from '../../output.ts';
import { githubCommand } from '../../print/github-findings.ts';
import { findingCounts, oneLine, printFinding } from '../../print/print-findings.ts';
import { sarifLog } from '../../print/sarif.ts';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

interface CheckOptions {
  readonly format: (typeof FORMATS)[number];
  readonly json?: boolean;
}

/** What somebody should know who edits a copy, or worse, a version that was released: a case is pinned to a version's content. */
const changedNote = ({ id, version, hash }: RuleSetReference, folder: string): string => {
  const released = releasedHashes(join(folder, '..', '..')).get(`${id}@${version}`) ?? releasedHashes(RULES_ROOT).get(`${id}@${version}`);
  return released === undefined || released === hash
    ? ''
    : `; not the content released as ${id}@${version}: give it an id or version of its own`;
};

const summaryOf = ({ folder, ruleSet, findings }: CheckedFolder): string => {
  if (ruleSet === null) return `${folder}: ${findingCounts(findings)}`;
  const warnings = findings.length > 0 ? `, ${findingCounts(findings)}` : '';
  return `${folder}: ${ruleSet.id}@${ruleSet.version} is in order (${ruleSet.hash})${warnings}${changedNote(ruleSet, folder)}`;
};

const totalOf = (checked: readonly CheckedFolder[]): string =>
  `${findingCounts(checked.flatMap(({ findings }) => findings))} in ${checked.length} ${checked.length === 1 ? 'folder' : 'folders'}`;

const sayText = (checked: readonly CheckedFolder[]): void => {
  for (const each of checked) {
    for (const finding of each.findings) say(printFinding(finding));
    say(oneLine(summaryOf(each)));
  }
  if (checked.length > 1) say(totalOf(checked));
};

const sayForGithub = (checked: readonly CheckedFolder[]): void => {
  for (const finding of checked.flatMap(({ findings }) => findings)) say(githubCommand(finding));
  say(totalOf(checked));
};

const SAY: Readonly<Record<CheckOptions['format'], (checked: readonly CheckedFolder[]) => void>> = {
  text: sayText,
  json: (checked) => sayJson(checkDocument(checked)),
  github: sayForGithub,
  sarif: (checked) => sayJson(sarifLog(checked.flatMap(({ findings }) => findings))),
};

const checkAll = (folders: readonly string[], options: CheckOptions): void => {
  const checked = (folders.length > 0 ? folders : [rulesRoot()]).flatMap(checkFolder);
  SAY[options.json === true ? 'json' : options.format](checked);
  if (checked.some(({ ruleSet }) => ruleSet === null)) process.exitCode = EXIT.failed;
};

/**
 * `adl rules check`: bytes, schema and meaning of rule-set folders. Ends with 1 when it found errors, with 0 when there are warnings only, and with 2, nothing
 * printed, when it could not read a folder.
 */
export const addCheck = (rules: Command): void => {
  rules
    .command('check')
    .description('checks the files of rule sets; without an argument, of the folder `rules` here, else of all that the project ships')
    .argument('[folder...]', 'a version such as rules/house/1.0.0, or a folder with versions or rule sets below it')
    .addOption(new Option('--format <format>', 'how findings are printed').choices(FORMATS).default('text'))
    .addOption(new Option('--json', 'one JSON document on stdout: the same as --format json').conflicts('format'))
    .action(checkAll);
};
