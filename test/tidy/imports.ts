import { posix } from 'node:path';
import type { ProjectFile } from './project-files.ts';
import { withoutComments } from './scan.ts';

/** One import: what it names, and the project file that this is, or null for a package. `erased`: types only, gone at run time. */
export interface Import {
  readonly specifier: string;
  readonly path: string | null;
  readonly line: number;
  readonly erased: boolean;
}

/** Subpath imports of package.json, longest first by its own order: `#core/*` before `#functions/*`. */
const SUBPATHS: readonly (readonly [string, string])[] = [
  ['#core/', 'functions/core/'],
  ['#rule-sets/', 'functions/rule-sets/'],
  ['#functions/', 'functions/'],
  ['#local/', 'local/'],
  ['#cli/', 'cli/'],
];

const IMPORT =
  /\b(?:import|export)\s+(?:type\s+)?(?:[\w*${}\s,]+?\s+from\s*)?['"]([^'"\n]+)['"]|\bimport\s*\(\s*['"]([^'"\n]+)['"]\s*\)|\bfrom\s*['"]([^'"\n]+)['"]/g;

const resolvePath = (from: string, specifier: string): string | null => {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  const subpath = SUBPATHS.find(([prefix]) => specifier.startsWith(prefix));
  return subpath === undefined ? null : posix.normalize(specifier.replace(subpath[0], subpath[1]));
};

/** Every static, dynamic and re-exporting import of a file, types included. */
export const importsOf = ({ path, text }: ProjectFile): readonly Import[] => {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const line = code.slice(0, match.index).split('\n').length;
    return { specifier, path: resolvePath(path, specifier), line, erased: /^(?:import|export)\s+type\b/.test(match[0]) };
  });
};
