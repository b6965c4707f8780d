import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Between two looks: short enough that a person who saves a file does not wait. */
const LOOK_EVERY_MS = 250;

const stateOfFile = (path: string): string => {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${path} ${stats.size} ${stats.mtimeMs}`;
};

const stateBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => stateOfFile(join(entry.parentPath, entry.name)))
        .sort()
    : [];

/** Names, sizes and times of all files at or below some folders: another text as soon as one was written. */
export const stateOfFolders = (folders: readonly string[]): string => folders.flatMap(stateBelow).join('\n');

/**
 * Waits until the folders are not in a state any more, and then until they stay as they are for one look: an editor saves in several steps.
 * Looks again and again rather than being told, which works on every file system. Only `signal` ends the wait without a change; throws its reason.
 */
export const untilChanged = async (folders: readonly string[], state: string, signal: AbortSignal): Promise<void> => {
  let seen = state;
  for (;;) {
    signal.throwIfAborted();
    await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    const now = stateOfFolders(folders);
    if (now !== state && now === seen) return;
    seen = now;
  }
};
