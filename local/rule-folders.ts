import { join } from 'node:path';
import { isRuleFileName } from '#rule-sets/rule-files.ts';
import { readFolder } from './read-input.ts';
import { foldersIn, isVersionName } from './version-folders.ts';

const hasRuleFiles = (folder: string): boolean => readFolder(folder).some(({ name }) => isRuleFileName(name));

/** Folders directly below that are a version: named like one, or with a file of the law; an empty or misnamed one must not go unseen. */
const versionsDirectlyIn = (folder: string): readonly string[] =>
  foldersIn(folder)
    .filter((name) => isVersionName(name) || hasRuleFiles(join(folder, name)))
    .map((name) => join(folder, name));

/**
 * The versions that a folder stands for: itself when it has a file of the law, else those below it, at `<version>` or `<rule set>/<version>`, in
 * code-unit order, versions by number. A folder with none of either stands for itself, so that its missing files are told.
 */
export const versionsUnder = (folder: string): readonly string[] => {
  if (hasRuleFiles(folder)) return [folder];
  const direct = versionsDirectlyIn(folder);
  const deeper = foldersIn(folder)
    .map((name) => join(folder, name))
    .filter((each) => !direct.includes(each))
    .flatMap(versionsDirectlyIn);
  const found = [...direct, ...deeper];
  return found.length > 0 ? found : [folder];
};
