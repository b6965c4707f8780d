import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { present } from '#core/invariant.ts';
import type { Result } from '#core/result.ts';
import type { Fault } from '#rule-sets/json-source.ts';
import { loadRuleSet } from '#rule-sets/load-rule-set.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput, badFile } from './bad-input.ts';
import { readBytes } from './read-input.ts';
import { releasedHashes } from './released-lock.ts';
import { isFolder, versionFolders, versionsIn } from './version-folders.ts';

/** The project's own rules. */
export const RULES_ROOT = join(dirname(dirname(fileURLToPath(import.meta.url))), 'rules');

export const DEFAULT_RULE_SET = 'house';

const SPECIFIER = /^([A-Za-z0-9_.-]{1,40})(?:@(\d+\.\d+\.\d+))?$/;

/** The newest released version of a rule set; the newest of all where none is released. */
const newestVersion = (ruleSetId: string): string | undefined => {
  const released = releasedHashes(RULES_ROOT);
  const versions = versionsIn(join(RULES_ROOT, ruleSetId));
  return versions.findLast((version) => released.has(`${ruleSetId}@${version}`)) ?? versions.at(-1);
};

const releasedFolder = (specifier: string): string | null => {
  const match = SPECIFIER.exec(specifier);
  const folder = join(RULES_ROOT, match?.[1] ?? '');
  if (match === null || !isFolder(folder)) return null;
  const version = match[2] ?? newestVersion(match[1] ?? '');
  return version !== undefined && isFolder(join(folder, version)) ? join(folder, version) : null;
};

/** Every version that the project ships, as `id@version`. */
const shippedNames = (): readonly string[] => versionFolders(RULES_ROOT).map(({ id, version }) => `${id}@${version}`);

/**
 * The folder that `house@1.0.0`, `house` (its newest released version) or a path names. A name of the project's rules wins over a folder of the same name.
 * Throws `BadInput` when there is neither.
 */
export const ruleSetFolder = (specifier: string): string => {
  const released = releasedFolder(specifier);
  if (released !== null) return relative(process.cwd(), released) || '.';
  if (isFolder(specifier)) return specifier;
  throw badFile(
    specifier,
    `expected a rule set such as \`house@1.0.0\` (there are ${shippedNames().join(', ')}), or a folder with its files`,
  );
};

/** Reads and checks a rule set's folder; the faults of what is wrong with it otherwise. */
export const readRuleSetFolder = (folder: string): Result<RuleSet, readonly Fault[]> => {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return loadRuleSet(folder, new Map(names.map(({ name }) => [name, readBytes(join(folder, name))])));
};

/** The rule set that a specifier names. Throws `BadInput` with the first fault when its files are not in order. */
export const readRuleSet = (specifier: string): RuleSet => {
  const loaded = readRuleSetFolder(ruleSetFolder(specifier));
  if (loaded.ok) return loaded.value;
  throw new BadInput(present(loaded.refusal[0], 'a refused rule set has a fault'));
};
