import type { CheckedFolder } from '../check-folders.ts';

/**
 * What `adl rules check --json` prints. `findings` are all, with severity, code, effect and mend; `faults` are the errors among them as every other command
 * would report them: file, line, column, path and message.
 */
export const checkDocument = (checked: readonly CheckedFolder[]): unknown => ({
  folders: checked.map(({ folder, ruleSet, findings }) => ({
    folder,
    ruleSet,
    findings,
    faults: findings
      .filter(({ severity }) => severity === 'ERROR')
      .map(({ file, line, column, path, message }) => ({ file, line, column, path, message })),
  })),
});
