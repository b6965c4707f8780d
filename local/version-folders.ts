import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One version of a rule set: `<root>/<rule set>/<version>`. */
export interface VersionFolder {
  readonly id: string;
  readonly version: string;
  readonly folder: string;
}

/** How a version is written: three numbers. */
const VERSION = /^\d+\.\d+\.\d+$/;

export const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** Numerically, part by part. */
export const compareVersions = (a: string, b: string): number => {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  return [0, 1, 2].map((part) => (left[part] ?? 0) - (right[part] ?? 0)).find((difference) => difference !== 0) ?? 0;
};

/** The versions in a rule set's folder, the oldest first. */
export const versionsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => VERSION.test(name) && isFolder(join(folder, name)))
    .sort(compareVersions);

/** All versions below a root, by rule set in code-unit order, the oldest version of each first. */
export const versionFolders = (root: string): readonly VersionFolder[] =>
  readdirSync(root)
    .filter((id) => isFolder(join(root, id)))
    .sort()
    .flatMap((id) => versionsIn(join(root, id)).map((version) => ({ id, version, folder: join(root, id, version) })));
