import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { present } from '#core/invariant.ts';
import { inverseVersions, linearVersions } from './venue-sets.ts';
import { paymentTable, poolTable, rankingTable, transferTable, workedBook } from './worked-tables.ts';

const TEMPLATE = new URL('./venues.template.md', import.meta.url);

const bookAt = (name: string): string => fileURLToPath(new URL(`../../docs/examples/venues/${name}.json`, import.meta.url));

/** A reason for a row of a table: a line that begins with the name of a rule set, and the lines below it that are set in. */
const REASON = /^\* `([a-z0-9-]+)`.*\n(?: {2}.*\n)*/gm;

/** The template without the reasons of rule sets that are not shipped. */
const withReasonsOf = (template: string, shipped: ReadonlySet<string>): string =>
  template.replace(REASON, (reason, id: string) => (shipped.has(id) ? reason : ''));

/** The names of rule sets that the template gives a reason for. */
export const reasonedSets = (): readonly string[] =>
  [...readFileSync(TEMPLATE, 'utf8').matchAll(REASON)].map(([, id]) => present(id, 'a reason is of a rule set'));

const filled = (template: string, figures: ReadonlyMap<string, string>): string =>
  template.replace(/\{\{([a-z-]+)\}\}/g, (_, name: string) => present(figures.get(name), `there are figures for ${name}`));

/** What the page shows of the crash, which takes longer than a test may: the table, and where and when it was made. */
export interface CrashFigures {
  readonly table: string;
  readonly machine: string;
}

/**
 * `docs/venues.md`: the words of its template, with the figures of the worked books under all shipped versions of the linear and the inverse rule sets. The
 * same books and rules give the same text; the crash is the caller's.
 */
export const venuePage = async ({ table, machine }: CrashFigures): Promise<string> => {
  const [linearSets, inverseSets] = [linearVersions(), inverseVersions()];
  const linear = await workedBook(bookAt('linear'), linearSets);
  const inverse = await workedBook(bookAt('inverse'), inverseSets);
  const shipped = new Set([...linearSets, ...inverseSets].map(({ reference }) => reference.id));
  return filled(
    withReasonsOf(readFileSync(TEMPLATE, 'utf8'), shipped),
    new Map([
      ['linear-bankrupt', poolTable(linear, 'ann')],
      ['linear-liquidatable', poolTable(linear, 'ben')],
      ['linear-ranking', rankingTable(linear, 'ann')],
      ['linear-transfers', transferTable(linear, 'ann')],
      ['linear-payments', paymentTable(linear)],
      ['inverse-bankrupt', poolTable(inverse, 'hal')],
      ['inverse-ranking', rankingTable(inverse, 'hal')],
      ['inverse-transfers', transferTable(inverse, 'hal')],
      ['inverse-payments', paymentTable(inverse)],
      ['crash', table],
      ['machine', machine],
    ]),
  );
};
