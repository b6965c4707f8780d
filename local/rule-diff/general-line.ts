import { listed, quoted, stepsInWords, written } from './in-words.ts';
import { ORDER } from './json-leaves.ts';
import type { LeafChange } from './leaf-changes.ts';
import type { RuleChange, Said } from './rule-change.ts';
import type { Unit } from './unit-of-leaf.ts';

/** A change of a rule set as its unit tells it. */
export const changeOf = (unit: Omit<Unit, 'rest'>, said: Said, leaves: readonly LeafChange[]): RuleChange => ({
  section: unit.section,
  marketId: unit.marketId,
  subject: unit.subject,
  what: said.what,
  effect: said.effect,
  band: null,
  leaves,
});

const orderLine = (rest: Unit['rest'], { before, after }: LeafChange): Said => {
  const names = (ids: unknown): string => (Array.isArray(ids) ? listed(ids.map((id) => quoted(String(id)))) : written(ids));
  return { what: `order of ${stepsInWords(rest.slice(0, -1))} ${names(before)} → ${names(after)}`, effect: null };
};

/** The line of a value that no other sentence tells: its place in words, and what stood and stands there. */
export const generalLine = (rest: Unit['rest'], leaf: LeafChange): Said =>
  rest.at(-1) === ORDER
    ? orderLine(rest, leaf)
    : { what: `${stepsInWords(rest)} ${written(leaf.before)} → ${written(leaf.after)}`.trimStart(), effect: null };
