import { relative } from 'node:path';
import type { Command } from 'commander';
import { badFile } from '#local/bad-input.ts';
import { releasedHashes } from '#local/released-lock.ts';
import { RULES_ROOT, readRuleSetFolder } from '#local/rule-set-folder.ts';
import { isFolder, versionFolders } from '#local/version-folders.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { EXIT } from '../exit-codes.ts';
import { namesCommands } from '../names-commands.ts';
import { say, sayJson } from '../output.ts';

interface CheckedFolder {
  readonly folder: string;
  readonly ruleSet: { readonly id: string; readonly version: string; readonly hash: string } | null;
  readonly faults: readonly Fault[];
}

/** Every version folder of the project's rules. */
const shippedFolders = (): readonly string[] => versionFolders(RULES_ROOT).map(({ folder }) => relative(process.cwd(), folder));

const check = (folder: string): CheckedFolder => {
  if (!isFolder(folder)) throw badFile(folder, 'expected a folder with the files of a rule set');
  const loaded = readRuleSetFolder(folder);
  return loaded.ok ? { folder, ruleSet: loaded.value.reference, faults: [] } : { folder, ruleSet: null, faults: loaded.refusal };
};

/** What somebody should know who edits a copy, or worse, a version that was released: a case is pinned to a version's content. */
const changedNote = ({ id, version, hash }: NonNullable<CheckedFolder['ruleSet']>): string => {
  const released = releasedHashes(RULES_ROOT).get(`${id}@${version}`);
  return released === undefined || released === hash
    ? ''
    : `; not the content released as ${id}@${version}: give it an id or version of its own`;
};

const printChecked = ({ folder, ruleSet, faults }: CheckedFolder): void => {
  if (ruleSet !== null) say(`${folder}: ${ruleSet.id}@${ruleSet.version} is in order (${ruleSet.hash})${changedNote(ruleSet)}`);
  for (const { file, line, column, path, message } of faults) say(`${file}:${line}:${column} ${path}: ${message}`);
  if (faults.length > 0) say(`${folder}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`);
};

const checkAll = (folders: readonly string[], options: { readonly json?: boolean }): void => {
  const checked = (folders.length > 0 ? folders : shippedFolders()).map(check);
  if (options.json === true) sayJson({ folders: checked });
  else for (const each of checked) printChecked(each);
  if (checked.some((each) => each.faults.length > 0)) process.exitCode = EXIT.failed;
};

/** `adl rules check`: bytes, schema and meaning of rule-set folders. Ends with 1 when it found faults, 2 when it could not read a folder. */
export const addRules = (adl: Command): void => {
  const rules = namesCommands(adl.command('rules').description('rule sets: check').exitOverride());
  rules
    .command('check')
    .description('checks the files of rule-set folders; without an argument, all that the project ships')
    .argument('[folder...]', 'folders such as rules/house/1.0.0')
    .option('--json', 'one JSON document on stdout')
    .action(checkAll);
};
