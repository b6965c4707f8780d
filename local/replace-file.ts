import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { badFile } from './bad-input.ts';
import { codeOf } from './read-input.ts';

/**
 * Writes a file as a whole: whoever reads it, also after a crash, finds what it held before or what it holds now. Throws `BadInput` where it cannot be
 * written.
 */
export const replaceFile = (file: string, text: string): void => {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw badFile(file, `cannot be written: ${codeOf(error)}`);
  }
};

/**
 * Makes a folder, with those above it. Throws `BadInput` where it cannot be made. One by one: told to make all at once, Node never comes back from a
 * file system such as `/proc` that knows no folders to make.
 */
export const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    throw badFile(folder, `cannot be made: ${codeOf(error)}`);
  }
};
