import type { Condition } from '#rule-sets/rule-set.ts';
import { type Literal, literalImplies } from './leaf-range.ts';

const literalOf = (condition: Condition): Literal | null => {
  if ('fact' in condition) return { leaf: condition, negated: false };
  return 'not' in condition ? { leaf: condition.not, negated: true } : null;
};

type Known = Map<Condition, Map<Condition, boolean>>;

const decide = (a: Condition, b: Condition, known: Known): boolean => {
  if ('all' in b) return b.all.every((each) => prove(a, each, known));
  if ('any' in a) return a.any.every((each) => prove(each, b, known));
  if ('any' in b && b.any.some((each) => prove(a, each, known))) return true;
  if ('all' in a) return a.all.some((each) => prove(each, b, known));
  const [from, to] = [literalOf(a), literalOf(b)];
  return from !== null && to !== null && literalImplies(from, to);
};

/** Each pair of nodes is looked at once, so that the work is bounded by 200 · 200 pairs whatever the shape of the trees. */
const prove = (a: Condition, b: Condition, known: Known): boolean => {
  const ofA = known.get(a) ?? new Map<Condition, boolean>();
  known.set(a, ofA);
  const found = ofA.get(b) ?? decide(a, b, known);
  ofA.set(b, found);
  return found;
};

/**
 * Whether the first condition provably holds only where the second holds too, read off their shapes. True is certain; false only says that no proof
 * was found. Takes facts as given: what only follows from how facts hang together is not seen.
 */
export const implies = (a: Condition, b: Condition): boolean => prove(a, b, new Map());
