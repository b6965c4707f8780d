import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { present } from '#core/invariant.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { BadInput, badFile } from './bad-input.ts';
import { readText } from './read-input.ts';
import { type ReleasedHashes, releasedBefore, releasedHashes, writeLock } from './released-lock.ts';
import { replaceFile } from './replace-file.ts';
import { ruleSetIn } from './rule-set-folder.ts';
import { runTestFolder } from './rule-tests/run-test-folder.ts';
import { type RulesEntry, withRulesEntry } from './rules-changelog.ts';
import { compareVersions, isVersionName } from './version-folders.ts';

/** How a version may be released: its tests cover this much of its rules, and its changes are said in these words. */
export interface ReleaseTerms {
  /** In percent. */
  readonly coverage: number;
  /** As bullets of Markdown. */
  readonly changesInWords: (before: RuleSet, after: RuleSet) => readonly string[];
}

/** One version that a release is asked for, and what came of it. */
export type ReleaseStep =
  | { readonly state: 'RELEASED'; readonly folder: string; readonly ruleSet: RuleSet; readonly entry: RulesEntry }
  | { readonly state: 'UNCHANGED'; readonly folder: string; readonly ruleSet: RuleSet }
  | { readonly state: 'REFUSED'; readonly folder: string; readonly ruleSet: RuleSet; readonly reasons: readonly string[] };

/** A root's versions, the oldest of each rule set first, and the lock as it will be. */
export interface ReleasePlan {
  readonly root: string;
  readonly steps: readonly ReleaseStep[];
  readonly hashes: ReleasedHashes;
}

/** The root of rules that all folders are versions of. Throws `BadInput` for a folder that is no `<root>/<rule set>/<version>`, and for two roots. */
export const rootOfVersions = (folders: readonly string[]): string => {
  const roots = folders.map((folder) => {
    if (!isVersionName(basename(resolve(folder))))
      throw badFile(folder, 'expected the folder of a version, `<rules>/<rule set>/<version>`');
    return dirname(dirname(resolve(folder)));
  });
  const root = present(roots[0], 'a release names a folder');
  const other = folders.find((_, index) => roots[index] !== root);
  if (other !== undefined) throw badFile(other, `is not in the same rules as \`${folders[0]}\`: release them one after the other`);
  return relative(process.cwd(), root) || '.';
};

/** The rule set of a version's folder. Throws `BadInput` with its first fault, or when it says to be another version than its folder's. */
const readVersion = (folder: string): RuleSet => {
  const ruleSet = ruleSetIn(folder);
  const { id, version } = ruleSet.reference;
  const [folderId, folderVersion] = [basename(dirname(resolve(folder))), basename(resolve(folder))];
  if (id === folderId && version === folderVersion) return ruleSet;
  throw badFile(join(folder, 'rule-set.json'), `says \`${id}@${version}\`, its folder is that of \`${folderId}@${folderVersion}\``);
};

const nameOf = ({ reference: { id, version } }: RuleSet): string => `${id}@${version}`;

/** Why its tests do not let a version be released; empty when they do. A file that is no test is bad input. */
const testReasons = async (folder: string, ruleSet: RuleSet, coverageMin: number): Promise<readonly string[]> => {
  const { results, coverage } = await runTestFolder(folder, ruleSet);
  const error = results.find((result) => result.error !== null)?.error;
  if (error) throw new BadInput(error);
  const failed = results
    .filter(({ failures }) => failures.length > 0)
    .map(({ file, path, name }) => `${file} ${path}: test \`${name}\` fails`);
  const uncovered = `its tests cover ${coverage.percent} % of its rules and conditions, ${coverageMin} % are needed`;
  return [...failed, ...(coverage.percent < coverageMin ? [`${folder}: ${uncovered}; see \`adl rules test ${folder}\``] : [])];
};

/** What the version is compared with, as it was released. Throws `BadInput` when that is not there any more. */
const readReleased = (root: string, name: string, hashes: ReleasedHashes): RuleSet => {
  const folder = join(root, ...name.split('@'));
  if (!existsSync(folder)) throw badFile(folder, `is missing, but \`${name}\` is released: restore it`);
  const ruleSet = readVersion(folder);
  if (ruleSet.reference.hash === hashes.get(name)) return ruleSet;
  throw badFile(folder, `was released as \`${hashes.get(name)}\`, holds \`${ruleSet.reference.hash}\` now: restore it`);
};

const entryOf = (root: string, ruleSet: RuleSet, hashes: ReleasedHashes, { changesInWords }: ReleaseTerms): RulesEntry => {
  const before = releasedBefore(hashes, ruleSet.reference.id, ruleSet.reference.version);
  const changes = before === null ? [`- ${ruleSet.description}`] : changesInWords(readReleased(root, before, hashes), ruleSet);
  return { name: nameOf(ruleSet), before, changes };
};

const stepOf = async (root: string, folder: string, hashes: ReleasedHashes, terms: ReleaseTerms): Promise<ReleaseStep> => {
  const ruleSet = readVersion(folder);
  const locked = hashes.get(nameOf(ruleSet));
  const { hash } = ruleSet.reference;
  if (locked === hash) return { state: 'UNCHANGED', folder, ruleSet };
  if (locked !== undefined) {
    const reason = `${folder}: \`${nameOf(ruleSet)}\` was released as \`${locked}\`, the folder holds \`${hash}\`: a change is a new version`;
    return { state: 'REFUSED', folder, ruleSet, reasons: [reason] };
  }
  const reasons = await testReasons(folder, ruleSet, terms.coverage);
  if (reasons.length > 0) return { state: 'REFUSED', folder, ruleSet, reasons };
  return { state: 'RELEASED', folder, ruleSet, entry: entryOf(root, ruleSet, hashes, terms) };
};

/**
 * What a release of these folders comes to; nothing is written. Each is compared with the newest earlier version of its rule set, be it one of this
 * release. Throws `BadInput` for rules, tests or a lock that cannot be used.
 */
export const planRelease = async (folders: readonly string[], terms: ReleaseTerms): Promise<ReleasePlan> => {
  const root = rootOfVersions(folders);
  const sorted = [...new Set(folders)].sort((a, b) => compareVersions(basename(resolve(a)), basename(resolve(b))));
  const hashes = new Map(releasedHashes(root));
  const steps: ReleaseStep[] = [];
  for (const folder of sorted) {
    const step = await stepOf(root, folder, hashes, terms);
    if (step.state === 'RELEASED') hashes.set(nameOf(step.ruleSet), step.ruleSet.reference.hash);
    steps.push(step);
  }
  return { root, steps, hashes };
};

/** Writes what a plan releases: first the changelog, then the lock, each as a whole. Cut off between the two, it may be repeated. */
export const commitRelease = ({ root, steps, hashes }: ReleasePlan, changelog: string): void => {
  const entries = steps.flatMap((step) => (step.state === 'RELEASED' ? [step.entry] : []));
  if (entries.length === 0) return;
  const before = existsSync(changelog) ? readText(changelog) : null;
  replaceFile(changelog, entries.reduce<string | null>(withRulesEntry, before) ?? '');
  writeLock(root, hashes);
};
