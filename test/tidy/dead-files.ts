import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { Finding, ProjectFile } from './project-files.ts';
import { withoutComments } from './scan.ts';

const PATH_IN_TEXT = /[\w@./-]+\.(?:ts|mjs)\b/g;

/** Files that run by being named: the scripts and commands of package.json, and everything in these folders. */
const isEntrance = (path: string): boolean => /^(?:scripts|bench|infra)\//.test(path);

const MUST_BE_REACHED = /^(?:functions|local|cli|console)\//;

const pathsNamedBy = (file: ProjectFile): readonly string[] => {
  const named = [...withoutComments(file.text).matchAll(PATH_IN_TEXT)].map(([path]) => path);
  const imported = importsOf(file).flatMap(({ path }) => (path === null ? [] : [path]));
  return [...imported, ...named.flatMap((path) => [posix.normalize(path), posix.join(posix.dirname(file.path), path)])];
};

/** Files of the product that nothing but a test reaches, starting from what package.json runs. */
export const deadFiles = (files: readonly ProjectFile[], packageJson: string): readonly Finding[] => {
  const living = new Map(files.filter(({ path }) => !path.startsWith('test/')).map((file) => [file.path, file]));
  const reached = new Set<string>();
  const reach = (path: string): void => {
    const file = living.get(path);
    if (file === undefined || reached.has(path)) return;
    reached.add(path);
    pathsNamedBy(file).forEach(reach);
  };
  for (const [path] of packageJson.matchAll(PATH_IN_TEXT)) reach(posix.normalize(path));
  [...living.keys()].filter(isEntrance).forEach(reach);
  return [...living.keys()]
    .filter((path) => MUST_BE_REACHED.test(path) && !reached.has(path))
    .map((path) => ({ path, line: 1, message: 'nothing but tests reaches this file' }));
};
