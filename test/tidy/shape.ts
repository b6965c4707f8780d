import type { Finding, ProjectFile } from './project-files.ts';
import { findingsOf } from './project-files.ts';
import { codeOnly } from './scan.ts';

const FILE_LINES_MAX = 200;
const FUNCTION_LINES_MAX = 40;

const EMPTY_NAMES = /(?:^|[/.-])(?:utils?|helpers?|common|misc)(?=[/.-]|$)/;

const blanked = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Code in which `as` renames nothing any more: import and export lists are blanked out. */
const withoutRenames = (code: string): string =>
  code.replace(/\bimport\s[^;(]*?\bfrom\b/g, blanked).replace(/\bexport\s+(?:type\s+)?(?:\{[^}]*\}|\*\s+as\s+\w+)/g, blanked);

const isJustified = (lines: readonly string[], line: number): boolean =>
  [lines[line - 1], lines[line - 2]].some((text) => text !== undefined && /\/\/ cast: \S.{9}/.test(text));

/** Type assertions without a `// cast: why` on their line or the one above, and `any`. The units make the brands and may assert. */
export const casts = ({ path, text }: ProjectFile): readonly Finding[] => {
  if (path.startsWith('functions/core/units/')) return [];
  const code = withoutRenames(codeOnly(text));
  const lines = text.split('\n');
  const assertions = findingsOf(path, code, /\bas\s+(?!const\b)\S+/g, (match) => `\`${match}\`: needs \`// cast: \` and the reason`);
  const anything = findingsOf(path, code, /(?:[:<|&]|\bas\b|=>|\bextends\b)\s*any\b(?!\s*[:.(])|\bany\[\]/g, () => '`any` is no type');
  return [...assertions.filter(({ line }) => !isJustified(lines, line)), ...anything];
};

/** Default exports, files that only pass on what others export, and `index.ts`. */
export const barrels = ({ path, text }: ProjectFile): readonly Finding[] => {
  const code = codeOnly(text);
  const passing = /^\s*(?:export\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?)\s+from\s*;?\s*)+$/.test(code);
  const barrel = passing || /(?:^|\/)index\.[a-z]+$/.test(path);
  const defaults =
    path === 'vitest.config.ts' ? [] : findingsOf(path, code, /\bexport\s+default\b|\bas\s+default\b/g, () => 'default export');
  return barrel ? [...defaults, { path, line: 1, message: 'a barrel: the import line names the file that exports' }] : defaults;
};

/** File and folder names that say nothing about what is inside. */
export const emptyNames = (path: string): readonly Finding[] => {
  const name = EMPTY_NAMES.exec(path)?.[0];
  return name === undefined ? [] : [{ path, line: 1, message: `\`${name.replace(/^\W/, '')}\` names nothing` }];
};

/** Files of more than one screen and idea. Truth tables (`*.table.test.ts`) may be longer. */
export const longFiles = ({ path, text }: ProjectFile): readonly Finding[] => {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= FILE_LINES_MAX || path.endsWith('.table.test.ts')) return [];
  return [{ path, line: FILE_LINES_MAX + 1, message: `${lines} lines, at most ${FILE_LINES_MAX}` }];
};

const isFunction = (block: readonly string[]): boolean => {
  const first = block[0] ?? '';
  if (/^(?:export )?(?:async )?function\b/.test(first)) return true;
  return /^(?:export )?const\b/.test(first) && !/[=]\s*[{[]$/.test(first) && block.join('\n').includes('=>');
};

/** Functions at the top level of a file that do not fit on a screen, told by indentation as the formatter leaves it. */
export const longFunctions = ({ path, text }: ProjectFile): readonly Finding[] => {
  const lines = codeOnly(text).trimEnd().split('\n');
  const starts = lines.flatMap((line, at) => (/^[a-z@]/.test(line) ? [at] : []));
  return starts.flatMap((start, nth) => {
    const block = lines.slice(start, starts[nth + 1]);
    while (block.at(-1)?.trim() === '') block.pop();
    if (!isFunction(block) || block.length <= FUNCTION_LINES_MAX) return [];
    return [{ path, line: start + 1, message: `a function of ${block.length} lines, at most ${FUNCTION_LINES_MAX}` }];
  });
};
