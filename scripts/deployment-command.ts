import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { byCodeUnits } from '#core/ordering.ts';
import { ruleSetJson } from '#functions/adapters/lambda/rule-set-json.ts';
import { BadInput } from '#local/bad-input.ts';
import { lockFile, releasedHashes } from '#local/released-lock.ts';
import { readRuleSetFolder } from '#local/rule-set-folder.ts';
import { compareVersions, versionFolders } from '#local/version-folders.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/**
 * Prints the command that a deployment gives to `administer-rules` for the rule sets in a folder `<rule-set>/<version>/*.json`: publish them all, and
 * activate one where none is active. The newest version of each stands first, so that it is the first law. Where the folder has a `released.lock.json`,
 * versions that it does not name are drafts and stay at home. Ends with 2 when a file is faulty, the lock too, or a released version is not what was released.
 */

const fail = (lines: readonly string[]): never => {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(2);
};

const read = (folder: string): RuleSet => {
  const loaded = readRuleSetFolder(folder);
  if (loaded.ok) return loaded.value;
  return fail(loaded.refusal.map(({ file, line, path, message }) => `${file}:${line}: ${path}: ${message}`));
};

const isBrought = (root: string, { reference: { id, version, hash } }: RuleSet): boolean => {
  if (!existsSync(lockFile(root))) return true;
  const released = releasedHashes(root).get(`${id}@${version}`);
  if (released !== undefined && released !== hash) fail([`${id}@${version} is not what was released: a change is a new version`]);
  return released !== undefined;
};

const deliver = (root: string): void => {
  const versions = [...versionFolders(root)].sort((a, b) => byCodeUnits(a.id, b.id) || compareVersions(b.version, a.version));
  const ruleSets = versions.map(({ folder }) => read(folder)).filter((ruleSet) => isBrought(root, ruleSet));
  if (ruleSets.length === 0) fail([`${relative(process.cwd(), root) || '.'} holds no rule set: expected <rule-set>/<version>/*.json`]);
  process.stdout.write(`${JSON.stringify({ action: 'DEPLOY', ruleSets: ruleSets.map(ruleSetJson) })}\n`);
};

try {
  deliver(process.argv[2] ?? fail(['usage: node scripts/deployment-command.ts <folder>']));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  fail([error.message]);
}
