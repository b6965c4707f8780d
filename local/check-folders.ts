import type { RuleSetReference } from '#core/policy.ts';
import type { RuleFinding } from '#rule-sets/rule-finding.ts';
import { badFile } from './bad-input.ts';
import { versionsUnder } from './rule-folders.ts';
import { checkRuleSetFolder } from './rule-set-folder.ts';
import { isFolder } from './version-folders.ts';

/** One version's folder and what its check found. */
export interface CheckedFolder {
  readonly folder: string;
  /** Null when a finding is an error. */
  readonly ruleSet: RuleSetReference | null;
  /** Sorted by file, line and column. */
  readonly findings: readonly RuleFinding[];
}

/** Checks the versions that a folder stands for. Throws `BadInput` when it is no folder or a file in it cannot be read. */
export const checkFolder = (folder: string): readonly CheckedFolder[] => {
  if (!isFolder(folder)) throw badFile(folder, 'expected a folder with the files of a rule set');
  return versionsUnder(folder).map((version) => {
    const { ruleSet, findings } = checkRuleSetFolder(version);
    return { folder: version, ruleSet: ruleSet?.reference ?? null, findings };
  });
};
