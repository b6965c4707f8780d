import { type Dirent, existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { present } from '#core/invariant.ts';
import type { Result } from '#core/result.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { type CheckedRuleSet, checkRuleSet, loadRuleSet } from '#rule-sets/load-rule-set.ts';
import { isRuleFileName } from '#rule-sets/rule-files.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput, badFile } from './bad-input.ts';
import { readBytes, readFolder } from './read-input.ts';
import { releasedHashes } from './released-lock.ts';
import { isFolder, versionFolders, versionsIn } from './version-folders.ts';

/** The project's own rules. */
export const RULES_ROOT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'rules');

export const DEFAULT_RULE_SET = 'house';

/** A path as a person in the working folder would write it. */
const shownFromHere = (path: string): string => relative(process.cwd(), path) || '.';

const SPECIFIER = /^([A-Za-z0-9_.-]{1,40})(?:@(\d+\.\d+\.\d+))?$/;

/** The rules that a command works on: the folder it was told, else `rules` in the working folder, else the project's own. Throws `BadInput` when it is no folder. */
export const rulesRoot = (given?: string): string => {
  if (given !== undefined && !isFolder(given)) throw badFile(given, 'expected a folder with rule sets, such as `rules`');
  if (given !== undefined) return given;
  return isFolder('rules') ? 'rules' : shownFromHere(RULES_ROOT);
};

/** Whether the working folder is in the project's own. */
const isInProject = (): boolean => `${process.cwd()}${sep}`.startsWith(`${dirname(RULES_ROOT)}${sep}`);

/**
 * Where a new version goes: the folder it was told, else `rules` in the working folder, which may have to be made. Only within the project its own rules
 * are meant: nobody means to write into an engine elsewhere. Throws `BadInput` for what is no folder.
 */
export const rulesRootForNew = (given?: string): string => {
  if (given !== undefined || isFolder('rules') || isInProject()) return rulesRoot(given);
  if (existsSync('rules')) throw badFile('rules', 'expected a folder with rule sets');
  return 'rules';
};

/** Where names are looked up: versions near at hand come before the project's own. */
const rootsOfNames = (near: string): readonly string[] =>
  isFolder(near) && resolve(near) !== RULES_ROOT && versionFolders(near).length > 0 ? [near, RULES_ROOT] : [RULES_ROOT];

/** The newest released version of a rule set; the newest of all where none is released. */
const newestVersion = (root: string, ruleSetId: string): string | undefined => {
  const released = releasedHashes(root);
  const versions = versionsIn(join(root, ruleSetId));
  return versions.findLast((version) => released.has(`${ruleSetId}@${version}`)) ?? versions.at(-1);
};

const folderBelow = (root: string, specifier: string): string | null => {
  const match = SPECIFIER.exec(specifier);
  const folder = join(root, match?.[1] ?? '');
  if (match === null || !isFolder(folder)) return null;
  const version = match[2] ?? newestVersion(root, match[1] ?? '');
  return version !== undefined && isFolder(join(folder, version)) ? join(folder, version) : null;
};

/** Every version in these roots, as `id@version`. */
const namesIn = (roots: readonly string[]): readonly string[] => [
  ...new Set(roots.flatMap((root) => versionFolders(root).map(({ id, version }) => `${id}@${version}`))),
];

/**
 * The folder that `house@1.0.0`, `house` (its newest released version) or a path names. A name is looked up in `near`, then in the project's own rules,
 * and wins over a folder of the same name. Throws `BadInput` when there is neither.
 */
export const ruleSetFolder = (specifier: string, near = 'rules'): string => {
  const roots = rootsOfNames(near);
  const named = roots.map((root) => folderBelow(root, specifier)).find((folder) => folder !== null);
  if (named !== undefined) return shownFromHere(named);
  if (isFolder(specifier)) return specifier;
  throw badFile(
    specifier,
    `expected a rule set such as \`house@1.0.0\` (there are ${namesIn(roots).join(', ')}), or a folder with its files`,
  );
};

/** A version is what lies in its folder: behind a link it could change while the folder stays as it is. Throws `BadInput` for anything but a file. */
export const refuseNoFile = (folder: string, entry: Dirent): void => {
  const got = entry.isDirectory() ? 'a folder' : entry.isSymbolicLink() ? 'a link' : 'something else';
  if (!entry.isFile()) throw badFile(join(folder, entry.name), `expected a file, got ${got}`);
};

/** Bytes of the files of a folder by name. Those that are no part of the law count by their name only. */
const filesIn = (folder: string): ReadonlyMap<string, Uint8Array> => {
  const entries = readFolder(folder).filter((entry) => entry.isFile() || isRuleFileName(entry.name));
  for (const entry of entries) refuseNoFile(folder, entry);
  return new Map(entries.map(({ name }) => [name, isRuleFileName(name) ? readBytes(join(folder, name)) : new Uint8Array()]));
};

/** Reads and checks a rule set's folder: the rule set, unless there is an error, and all findings. */
export const checkRuleSetFolder = (folder: string): CheckedRuleSet => checkRuleSet(folder, filesIn(folder));

/** Reads and checks a rule set's folder; the errors of what is wrong with it otherwise. */
export const readRuleSetFolder = (folder: string): Result<RuleSet, readonly Fault[]> => loadRuleSet(folder, filesIn(folder));

/** The rule set that a specifier names. Throws `BadInput` with the first fault when its files are not in order. */
export const readRuleSet = (specifier: string): RuleSet => ruleSetIn(ruleSetFolder(specifier));

/** The rule set of a folder. Throws `BadInput` with the first fault when its files are not in order. */
export const ruleSetIn = (folder: string): RuleSet => {
  const loaded = readRuleSetFolder(folder);
  if (loaded.ok) return loaded.value;
  throw new BadInput(present(loaded.refusal[0], 'a refused rule set has a fault'));
};
