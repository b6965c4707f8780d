import type { RuleSet } from '#rule-sets/rule-set.ts';
import { versionsUnder } from '../rule-folders.ts';
import { ruleSetFolder, ruleSetIn, rulesRoot } from '../rule-set-folder.ts';
import { isFolder } from '../version-folders.ts';

/** One version whose tests are to be run. */
export interface FolderToTest {
  readonly folder: string;
  readonly ruleSet: RuleSet;
}

/** The folders that somebody named, or that of all rules. Throws `BadInput` for a name that is neither a folder nor a rule set. */
export const namedFolders = (given: readonly string[]): readonly string[] =>
  given.length === 0 ? [rulesRoot()] : given.map((each) => (isFolder(each) ? each : ruleSetFolder(each)));

/** The versions that the folders stand for, with their law. Throws `BadInput` with the first fault of the first that is not in order. */
export const foldersToTest = (folders: readonly string[]): readonly FolderToTest[] =>
  folders.flatMap(versionsUnder).map((folder) => ({ folder, ruleSet: ruleSetIn(folder) }));
