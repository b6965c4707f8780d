import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll } from 'vitest';

/** What to put into a folder: text as it is, anything else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

const made: string[] = [];

/** Puts files into a folder, below their relative paths. */
export const layOut = (folder: string, files: Files): void => {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  }
};

/** A fresh folder with these files; gone when the test file is done. */
export const folderWith = (files: Files): string => {
  const folder = mkdtempSync(join(tmpdir(), 'adl-'));
  made.push(folder);
  layOut(folder, files);
  return folder;
};

/** Every file at or below a folder with its text, folders by their trailing slash. */
export const contentsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const name = relative(folder, path);
        return entry.isDirectory() ? ([`${name}/`, ''] as const) : ([name, readFileSync(path, 'utf8')] as const);
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
