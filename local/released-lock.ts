import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { present } from '#core/invariant.ts';
import { byCodeUnits } from '#core/ordering.ts';
import { checkSchema, parseJsonSource } from '#rule-sets/json-source.ts';
import { BadInput } from './bad-input.ts';
import { readBytes } from './read-input.ts';
import { replaceFile } from './replace-file.ts';
import { compareVersions } from './version-folders.ts';

const NO_NAME = 'is not the name of a version such as "house@1.0.0"';
const HASH_EXPECTED = 'expected the hash of a released version, `sha256:` and 64 hexadecimal digits in lower case';

const lockSchema = z.record(
  z.string().regex(/^[A-Za-z0-9_.-]{1,40}@\d+\.\d+\.\d+$/),
  z.string({ error: HASH_EXPECTED }).regex(/^sha256:[0-9a-f]{64}$/, { error: HASH_EXPECTED }),
  { error: (issue) => (issue.code === 'invalid_key' ? NO_NAME : undefined) },
);

/** A line per version; ten thousand versions fit. */
const LIMITS = { bytesMax: 2_000_000, depthMax: 4 };

/** Content hashes of released rule-set versions, by `id@version`. */
export type ReleasedHashes = ReadonlyMap<string, string>;

/** Where the versions of a root of rules are locked. */
export const lockFile = (rulesRoot: string): string => join(rulesRoot, 'released.lock.json');

/** The content of a lock file. Throws `BadInput` with file, line and path when it is not one. */
export const readLock = (file: string): ReleasedHashes => {
  const parsed = parseJsonSource(file, readBytes(file), LIMITS);
  if (!parsed.ok) throw new BadInput(parsed.refusal);
  const checked = checkSchema(parsed.value, lockSchema);
  if (!checked.ok) throw new BadInput(present(checked.refusal[0], 'a refused lock has a fault'));
  return new Map(Object.entries(checked.value));
};

/** A link that leads nowhere counts: it is a lock that cannot be read, not a folder without one. */
const isThere = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false }) !== undefined;

/**
 * Content hashes of the released rule-set versions of a root, by `id@version`; a released version never changes. Empty where there is no lock. Throws
 * `BadInput` when the lock is faulty.
 */
export const releasedHashes = (rulesRoot: string): ReleasedHashes => {
  const file = lockFile(rulesRoot);
  return isThere(file) ? readLock(file) : new Map();
};

const partsOf = (name: string): readonly [string, string] => {
  const [id = '', version = ''] = name.split('@');
  return [id, version];
};

/** By rule set in code-unit order, the oldest version of each first. */
const byName = (a: string, b: string): number => {
  const [idA, versionA] = partsOf(a);
  const [idB, versionB] = partsOf(b);
  return byCodeUnits(idA, idB) || compareVersions(versionA, versionB);
};

/** Writes a root's lock as a whole: a line per version, sorted, so that two releases meet in a review as two lines. */
export const writeLock = (rulesRoot: string, hashes: ReleasedHashes): void => {
  const sorted = [...hashes].sort(([a], [b]) => byName(a, b));
  replaceFile(lockFile(rulesRoot), `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
};

/** The newest version of a rule set that was released below a version, as `id@version`; null where there is none. */
export const releasedBefore = (hashes: ReleasedHashes, id: string, version: string): string | null => {
  const earlier = [...hashes.keys()].filter((name) => partsOf(name)[0] === id && compareVersions(partsOf(name)[1], version) < 0);
  return earlier.sort(byName).at(-1) ?? null;
};
