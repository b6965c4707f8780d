import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CRASH_FIGURES, crashTable, crashWithOwnTiers } from '#cli/venue-page/crash-runs.ts';
import { reasonedSets, venuePage } from '#cli/venue-page/venue-page.ts';
import { inverseVersions, linearVersions } from '#cli/venue-page/venue-sets.ts';
import { ACCOUNTS_LEAST, DEFAULT_ACCOUNTS } from '#local/generate-book.ts';

const PAGE = readFileSync(new URL('../../docs/venues.md', import.meta.url), 'utf8');

/** The long tier makes the table again; every change only looks at its form and at a small crash. */
const isNightly = process.env.VENUE_CRASH === 'full';

const found = (pattern: RegExp): string => pattern.exec(PAGE)?.[1] ?? '';

const TABLE = found(/\n(\| rules \| breaches [^\n]*\n(?:\|[^\n]*\n)+)/).trimEnd();
const MACHINE = found(/\nMade on (.+); the figures are the same on every machine\.\n/);

const cellsOf = (row: string): readonly string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

const nothingNew = (): void => undefined;

describe('docs/venues.md', () => {
  it('is what the command writes, the crash and its machine apart; `npm run venues` brings it up to date', async () => {
    expect(await venuePage({ table: TABLE, machine: MACHINE })).toBe(PAGE);
  });

  it('gives a reason for the rows of every set of its tables, linear and inverse, and for no other', () => {
    const shown = [linearVersions(), inverseVersions()].flatMap((sets) => [...new Set(sets.map(({ reference }) => reference.id))]);
    expect([...reasonedSets()].sort()).toEqual(shown.sort());
  });

  it('says when and on which machine the crash was replayed', () => {
    expect(MACHINE).toMatch(/^20\d\d-\d\d-\d\d, \S.+, \d+ cores?, Node v\d+\.\d+\.\d+$/);
  });

  it('has the crash under every shipped version of every linear set, each figure a number, each conserved', () => {
    const [head = '', , ...rows] = TABLE.split('\n');
    expect(cellsOf(head).slice(1)).toEqual(CRASH_FIGURES);
    const names = rows.map(cellsOf).flatMap(([name = '']) => {
      const [first = '', ...versions] = [...name.matchAll(/`([^`]+)`/g)].map(([, quoted = '']) => quoted);
      return [first, ...versions.map((version) => `${first.split('@')[0]}@${version}`)];
    });
    expect(names.sort()).toEqual(
      linearVersions()
        .map(({ reference }) => `${reference.id}@${reference.version}`)
        .sort(),
    );
    for (const [name, ...figures] of rows.map(cellsOf)) {
      expect(figures.at(-1), name).toBe('yes');
      for (const figure of figures.slice(0, -1)) expect(figure, name).toMatch(/^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
    }
  });

  it('conserves a smaller crash under every one of them', async () => {
    const sets = linearVersions();
    const rows = (await crashTable(crashWithOwnTiers(ACCOUNTS_LEAST), sets, nothingNew)).split('\n').slice(2).map(cellsOf);
    expect(rows.length).toBeGreaterThan(1);
    for (const cells of rows) expect(cells.at(-1), cells[0]).toBe('yes');
  });

  it.runIf(isNightly)('has the very figures of the crash', async () => {
    expect(await crashTable(crashWithOwnTiers(DEFAULT_ACCOUNTS), linearVersions(), nothingNew)).toBe(TABLE);
  });
});
