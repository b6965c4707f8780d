import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { plainJson } from '#core/plain-json.ts';
import type { RuleSetReference } from '#core/policy.ts';
import { badFile } from '../bad-input.ts';
import { replaceFile } from '../replace-file.ts';

/** What the tables of a data folder were filled with. */
export interface BooksNote {
  /** A replay of a scenario, or the books of a server. */
  readonly kind: 'REPLAY' | 'SERVER';
  /** For people: the scenario, or the book's file. */
  readonly name: string;
  /** Hash of everything that went into the tables, and of the path that follows. */
  readonly content: string;
  readonly ruleSet: RuleSetReference;
}

/** The hash for a note: of a value of the core, by its plain JSON. */
export const contentOf = (books: object): string =>
  `sha256:${createHash('sha256')
    .update(JSON.stringify(plainJson(books)))
    .digest('hex')}`;

/** How often the drawdown mode of the funds went on and off: the tables only know whether it is on. */
export interface DrawdownTurns {
  readonly active: Readonly<Record<string, boolean>>;
  readonly starts: number;
  readonly stops: number;
}

const noteSchema = z.strictObject({
  kind: z.enum(['REPLAY', 'SERVER']),
  name: z.string(),
  content: z.string(),
  ruleSet: z.strictObject({ id: z.string(), version: z.string(), hash: z.string() }),
  seeded: z.boolean(),
  drawdowns: z.strictObject({ active: z.record(z.string(), z.boolean()), starts: z.int().min(0), stops: z.int().min(0) }),
});

type StoredNote = z.infer<typeof noteSchema>;

const FILE = 'books.json';
const NO_TURNS: DrawdownTurns = { active: {}, starts: 0, stops: 0 };

const readNote = (file: string): StoredNote | null => {
  if (!existsSync(file)) return null;
  try {
    return noteSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw badFile(file, 'does not say which books the folder holds: remove the folder to begin anew');
  }
};

/** The note of a data folder; null for a fresh one. Throws `BadInput` for a file that is none. */
export const booksNoteOf = (dataFolder: string): BooksNote | null => readNote(join(dataFolder, FILE));

const shown = ({ kind, name, ruleSet }: BooksNote): string =>
  `${kind === 'REPLAY' ? 'a replay of' : 'a server with'} \`${name}\` under \`${ruleSet.id}@${ruleSet.version}\``;

const isSame = (a: BooksNote, b: BooksNote): boolean => a.kind === b.kind && a.content === b.content && a.ruleSet.hash === b.ruleSet.hash;

/**
 * The note about a data folder's books, kept beside its tables. It is written before the tables are filled and again when they are, each time as a whole,
 * so that whoever comes after a crash knows whether to fill them once more.
 */
export class BooksFolder {
  readonly #file: string;
  #note: StoredNote;

  /** Takes a fresh folder for these books, or finds them there. Throws `BadInput` for a folder that holds others. */
  constructor(dataFolder: string, books: BooksNote) {
    mkdirSync(dataFolder, { recursive: true });
    this.#file = join(dataFolder, FILE);
    const before = readNote(this.#file);
    if (before !== null && !isSame(before, books)) throw badFile(dataFolder, `holds ${shown(before)}, not ${shown(books)} as they are now`);
    this.#note = before ?? { ...books, ruleSet: { ...books.ruleSet }, seeded: false, drawdowns: { ...NO_TURNS, active: {} } };
    this.isFresh = before === null;
  }

  /** Whether nobody was here before: then the tables are empty. */
  readonly isFresh: boolean;

  /** Whether the tables hold all that the engine starts from. */
  get isSeeded(): boolean {
    return this.#note.seeded;
  }

  get drawdowns(): DrawdownTurns {
    return this.#note.drawdowns;
  }

  beginSeeding(): void {
    this.#write(this.#note);
  }

  endSeeding(): void {
    this.#write({ ...this.#note, seeded: true });
  }

  turned(drawdowns: DrawdownTurns): void {
    this.#write({ ...this.#note, drawdowns: { ...drawdowns, active: { ...drawdowns.active } } });
  }

  #write(note: StoredNote): void {
    this.#note = note;
    replaceFile(this.#file, `${JSON.stringify(note, null, 2)}\n`);
  }
}
