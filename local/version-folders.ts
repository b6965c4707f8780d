import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnits } from '#core/ordering.ts';
import { readFolder } from './read-input.ts';

/** One version of a rule set: `<root>/<rule set>/<version>`. */
export interface VersionFolder {
  readonly id: string;
  readonly version: string;
  readonly folder: string;
}

/** How a version is written: three numbers. */
const VERSION = /^\d+\.\d+\.\d+$/;

export const isVersionName = (name: string): boolean => VERSION.test(name);

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Numerically, part by part. */
export const compareVersions = (a: string, b: string): number => {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return [0, 1, 2].map((part) => (left[part] ?? 0) - (right[part] ?? 0)).find((difference) => difference !== 0) ?? 0;
};

/** Names in code-unit order, then versions by number. */
const byName = (a: string, b: string): number => {
  const ofVersions = Number(isVersionName(a)) - Number(isVersionName(b));
  return ofVersions || (isVersionName(a) ? compareVersions(a, b) : byCodeUnits(a, b));
};

/** The folders in a folder by name, versions after the others and by number; none that is hidden. Throws `BadInput` when it cannot be read. */
export const foldersIn = (folder: string): readonly string[] =>
  readFolder(folder)
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && name !== 'node_modules' && isFolder(join(folder, name)))
    .sort(byName);

/** The versions in a rule set's folder, the oldest first. */
export const versionsIn = (folder: string): readonly string[] => foldersIn(folder).filter(isVersionName);

/** All versions below a root, by rule set in code-unit order, the oldest version of each first. */
export const versionFolders = (root: string): readonly VersionFolder[] =>
  foldersIn(root).flatMap((id) => versionsIn(join(root, id)).map((version) => ({ id, version, folder: join(root, id, version) })));
