import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadInput } from '#local/bad-input.ts';
import { BooksFolder, type BooksNote, booksNoteOf } from '#local/stack-replay/books-folder.ts';
import { folderWith } from '../../support/folder.ts';

const BOOKS: BooksNote = {
  kind: 'REPLAY',
  name: 'small-crash',
  content: 'sha256:1',
  ruleSet: { id: 'house', version: '1.0.0', hash: 'sha256:2' },
};

const fresh = (): string => join(folderWith({}), 'data');

describe('a data folder', () => {
  it('is fresh until its seeding begins, and seeded once that has ended', () => {
    const path = fresh();
    expect(new BooksFolder(path, BOOKS)).toMatchObject({ isFresh: true, isSeeded: false });
    new BooksFolder(path, BOOKS).beginSeeding();
    const begun = new BooksFolder(path, BOOKS);
    expect(begun).toMatchObject({ isFresh: false, isSeeded: false });
    begun.endSeeding();
    expect(new BooksFolder(path, BOOKS)).toMatchObject({ isFresh: false, isSeeded: true });
    expect(booksNoteOf(path)).toMatchObject(BOOKS);
  });

  it.each<[string, BooksNote]>([
    ['another scenario', { ...BOOKS, content: 'sha256:3' }],
    ['another rule set', { ...BOOKS, ruleSet: { ...BOOKS.ruleSet, hash: 'sha256:3' } }],
    ['a server', { ...BOOKS, kind: 'SERVER' }],
  ])('refuses %s than the one it holds, half seeded or whole', (_what, other) => {
    const path = fresh();
    new BooksFolder(path, BOOKS).beginSeeding();
    expect(() => new BooksFolder(path, other)).toThrow(BadInput);
    expect(() => new BooksFolder(path, other)).toThrow(/holds a replay of `small-crash` under `house@1.0.0`/);
  });

  it('keeps how often the funds turned', () => {
    const path = fresh();
    new BooksFolder(path, BOOKS).turned({ active: { usdt: true }, starts: 2, stops: 1 });
    expect(new BooksFolder(path, BOOKS).drawdowns).toEqual({ active: { usdt: true }, starts: 2, stops: 1 });
  });

  it('refuses a note that is none', () => {
    const path = fresh();
    new BooksFolder(path, BOOKS).beginSeeding();
    writeFileSync(join(path, 'books.json'), '{"kind":"REPLAY"}');
    expect(() => new BooksFolder(path, BOOKS)).toThrow(BadInput);
  });
});
