import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../support/property-runs.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const MATHEMATICS = read('docs/mathematics.md');

/** Rows of the one table below a heading, without its head. */
const rowsBelow = (heading: string): readonly (readonly string[])[] => {
  const [, after = ''] = MATHEMATICS.split(`\n## ${heading}\n`);
  const [section = ''] = after.split('\n## ', 1);
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const quoted = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);

/** `42,798` and `42_798` as `42798`, and the columns of a text table as one space. */
const plain = (text: string): string => text.replace(/(\d)[,_](?=\d{3})/g, '$1').replace(/ *\| */g, ' ');

/** Whether a text holds a number, or a piece with numbers, that is no part of a longer number. */
const holds = (text: string, piece: string): boolean => {
  const escaped = piece.replace(/[[\](){}.*+?^$|\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\d.])${escaped}(?![\\d]|\\.\\d)`).test(text);
};

const VECTORS = rowsBelow('Published vectors').map(([id = '', , numbers = '', tests = '']) => ({
  id,
  numbers: quoted(numbers),
  tests: quoted(tests),
}));

const AXIOMS = rowsBelow('Axioms and invariants').map(([axiom = '', property = '', test = '']) => ({
  axiom,
  property,
  tests: quoted(test),
}));

describe('the table of published vectors', () => {
  it('has V1 to V19, each once, in order', () => {
    expect(VECTORS.map(({ id }) => id)).toEqual(Array.from({ length: 19 }, (_, index) => `V${index + 1}`));
  });

  it.each(VECTORS)('$id: its files exist, one of them names the id, and all its numbers stand in them', ({ id, numbers, tests }) => {
    expect(tests.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
    expect(tests.some((path) => path.endsWith('.test.ts'))).toBe(true);
    const text = plain(tests.map(read).join('\n'));
    expect(new RegExp(`['"\`]${id}\\b`).test(text), `no test is named after ${id}`).toBe(true);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.map(plain).filter((number) => !holds(text, number))).toEqual([]);
  });
});

describe('the table of axioms and invariants', () => {
  it.each(AXIOMS)('$axiom: the file has the property, and tries it as often as all', ({ property, tests }) => {
    const [path = '', ...others] = tests;
    expect(others).toEqual([]);
    const text = read(path);
    expect(text).toContain(property);
    expect(text).toContain('propertyRuns()');
  });

  it('tries each at least 1,000 times where nobody says otherwise', () => {
    expect(AXIOMS.length).toBeGreaterThan(15);
    if (process.env.PROPERTY_RUNS === undefined) expect(propertyRuns().numRuns).toBeGreaterThanOrEqual(1000);
  });
});
