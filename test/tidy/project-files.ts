import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the project; `path` from the project's folder, with forward slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** One breach of a house rule. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders that hold code of the project. */
export const CODE_FOLDERS = ['functions', 'infra', 'local', 'cli', 'console', 'scripts', 'bench', 'test'];

const listed = (path: string): readonly string[] => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules' && name !== '.git' && name !== '.adl')
    .sort()
    .flatMap((name) => listed(join(path, name)));
};

/** Files at or under the given paths whose name ends as `ending` says, sorted by path. Paths that do not exist hold none. */
export const projectFiles = (paths: readonly string[], ending: RegExp): readonly ProjectFile[] =>
  paths
    .flatMap((path) => listed(join(ROOT, path)))
    .filter((path) => ending.test(path))
    .map((path) => ({ path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

/** All code of the project. */
export const codeFiles = (): readonly ProjectFile[] => projectFiles([...CODE_FOLDERS, 'vitest.config.ts'], /\.(ts|mjs)$/);

/** One finding per match of `pattern` (global) in `text`, which has the same lines as the file. */
export const findingsOf = (path: string, text: string, pattern: RegExp, message: (match: string) => string): readonly Finding[] =>
  [...text.matchAll(pattern)].map((match) => ({ path, line: text.slice(0, match.index).split('\n').length, message: message(match[0]) }));

/** One finding per line, as an editor links it. */
export const shown = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ path, line, message }) => `${path}:${line}: ${message}`);
