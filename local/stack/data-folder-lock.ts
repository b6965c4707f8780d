import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { badFile } from '../bad-input.ts';

/**
 * Takes a data folder for this process; the result gives it back. The lock is the operating system's on an open file, so that it ends with the process,
 * however that ends, and none is ever left behind. Refuses a folder that another stack works in.
 */
export const lockDataFolder = (dataFolder: string): (() => void) => {
  mkdirSync(dataFolder, { recursive: true });
  const lock = new DatabaseSync(join(dataFolder, 'stack.lock'));
  try {
    // A killed process's files may be held for a moment longer.
    lock.exec('PRAGMA busy_timeout = 2000; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw badFile(dataFolder, 'another local stack works in this folder');
  }
  return () => lock.close();
};
