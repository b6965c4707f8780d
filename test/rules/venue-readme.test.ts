import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RULES_ROOT } from '#local/rule-set-folder.ts';
import { isVersionName, versionFolders } from '#local/version-folders.ts';
import { quotedIn, rowsIn, sectionOf } from './readme-table.ts';

const HEADINGS = [
  'Published numbers',
  'Left open by the documents',
  'Where sources disagree',
  'Not reproduced',
  'What differs from house',
] as const;

/** What others are compared with reproduces nobody. */
const OURS: ReadonlySet<string> = new Set(['house', 'house-guarded']);

const named = z.looseObject({ name: z.string() });
const testFile = z.union([z.looseObject({ cases: z.array(named) }), named]);

const namesIn = (file: string): readonly string[] => {
  const content = testFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return 'cases' in content
    ? z
        .array(named)
        .parse(content.cases)
        .map(({ name }) => name)
    : [z.string().parse(content.name)];
};

const testNamesOf = (id: string): ReadonlySet<string> =>
  new Set(
    versionFolders(RULES_ROOT)
      .filter((each) => each.id === id && existsSync(join(each.folder, 'tests')))
      .flatMap(({ folder }) => readdirSync(join(folder, 'tests')).map((name) => join(folder, 'tests', name)))
      .filter((file) => file.endsWith('.json'))
      .flatMap(namesIn),
  );

/** A published number without a test says why it has none. */
const isReasoned = (cell: string): boolean => /^—\s*\S+ \S+/.test(cell);

const faultOf = (row: readonly string[], names: ReadonlySet<string>): string | null => {
  const [number = '', , test = ''] = row;
  if (row.length !== 3) return `${number}: ${row.length} cells`;
  if (isReasoned(test)) return null;
  // Beside a test a cell may name the version that it lies in.
  const quoted = quotedIn(test).filter((name) => !isVersionName(name));
  if (quoted.length === 0) return `${number}: neither a test nor a reason: ${test}`;
  const missing = quoted.filter((name) => !names.has(name));
  return missing.length === 0 ? null : `${number}: no test is called ${missing.join(', ')}`;
};

const ids = [...new Set(versionFolders(RULES_ROOT).map(({ id }) => id))].filter((id) => !OURS.has(id) && !id.startsWith('_'));

describe.each(ids)('rules/%s/README.md', (id) => {
  const file = join(RULES_ROOT, id, 'README.md');
  const readme = existsSync(file) ? readFileSync(file, 'utf8') : '';

  it('is named after its set and has every heading, in this order, none of them empty', () => {
    expect(readme.split('\n')[0]).toBe(`# ${id}`);
    expect([...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    for (const heading of HEADINGS) expect(sectionOf(readme, heading)?.trim(), heading).toMatch(/\w{3,}/);
  });

  it('gives each published number a test that there is, or the reason why there is none', () => {
    const rows = rowsIn(sectionOf(readme, 'Published numbers') ?? '');
    const names = testNamesOf(id);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => faultOf(row, names)).filter((fault) => fault !== null)).toEqual([]);
  });
});

describe('a row of published numbers', () => {
  const names = new Set(['a test', 'another | test']);

  it.each([
    ['| 1 | source | `a test` |', null],
    ['| 1 | source | `a test`, `another | test` |', null],
    ['| 1 | source | `a test` of `2.0.0` |', null],
    ['| 1 | source | `2.0.0` |', '1: neither a test nor a reason: `2.0.0`'],
    ['| 1 | source | — no rule may say this |', null],
    ['| 1 | source | `a tset` |', '1: no test is called a tset'],
    ['| 1 | source | a test |', '1: neither a test nor a reason: a test'],
    ['| 1 | source | — |', '1: neither a test nor a reason: —'],
    ['| 1 | source |', '1: 2 cells'],
  ])('is judged: %s', (row, fault) => {
    const [cells = []] = rowsIn(`| number | source | test |\n|---|---|---|\n${row}\n`);
    expect(faultOf(cells, names)).toBe(fault);
  });
});
