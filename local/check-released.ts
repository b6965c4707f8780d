import { join } from 'node:path';
import { lockFile, type ReleasedHashes, readLock, releasedHashes } from './released-lock.ts';
import { readRuleSetFolder } from './rule-set-folder.ts';
import { isFolder, versionFolders } from './version-folders.ts';

/** Why a released version is not what was released. */
export interface ReleaseFault {
  /** Such as `venue@1.0.0`. */
  readonly name: string;
  /** The folder or file that is to be put right. */
  readonly file: string;
  readonly message: string;
}

export interface CheckedRelease {
  /** Versions in the lock, as `id@version`. */
  readonly released: readonly string[];
  /** Versions in the folders that the lock does not name. */
  readonly drafts: readonly string[];
  readonly faults: readonly ReleaseFault[];
}

const faultOf = (root: string, name: string, hash: string): readonly ReleaseFault[] => {
  const folder = join(root, ...name.split('@'));
  if (!isFolder(folder)) return [{ name, file: folder, message: `is missing, but \`${name}\` is released: restore it` }];
  const loaded = readRuleSetFolder(folder);
  if (!loaded.ok) {
    const [fault] = loaded.refusal;
    return [{ name, file: `${fault?.file}:${fault?.line}`, message: `\`${name}\` is released and no longer in order: restore it` }];
  }
  const { id, version, hash: present } = loaded.value.reference;
  if (present === hash && `${id}@${version}` === name) return [];
  const now = present === hash ? `says to be \`${id}@${version}\`` : `holds \`${present}\``;
  return [{ name, file: folder, message: `\`${name}\` was released as \`${hash}\`, the folder ${now}: a change is a new version` }];
};

/** What an earlier lock names and the present one does not, or differently: a lock may only grow. */
const lostFaults = (root: string, earlier: ReleasedHashes, hashes: ReleasedHashes): readonly ReleaseFault[] =>
  [...earlier].flatMap(([name, hash]) => {
    const present = hashes.get(name);
    if (present === hash) return [];
    const now = present === undefined ? 'the lock no longer names it' : `the lock says \`${present}\` now`;
    return [{ name, file: lockFile(root), message: `\`${name}\` was released as \`${hash}\`, ${now}: restore it` }];
  });

/**
 * Whether all versions that a root's lock names are there with the content that was released, and, where an earlier lock is given, whether the lock
 * still says all that it said. Throws `BadInput` for a faulty lock.
 */
export const checkReleased = (root: string, earlierLock: string | null): CheckedRelease => {
  const hashes = releasedHashes(root);
  const earlier = earlierLock === null ? new Map<string, string>() : readLock(earlierLock);
  const names = versionFolders(root).map(({ id, version }) => `${id}@${version}`);
  return {
    released: [...hashes.keys()],
    drafts: names.filter((name) => !hashes.has(name)),
    faults: [...[...hashes].flatMap(([name, hash]) => faultOf(root, name, hash)), ...lostFaults(root, earlier, hashes)],
  };
};
