import type { Condition, Leaf } from './rule-set.ts';

/** Steps from the root of a document. */
export type JsonPath = readonly (string | number)[];

/** A condition and where it stands. */
export interface Placed<Kind> {
  readonly condition: Kind;
  readonly path: JsonPath;
}

export const conditionsPath = (ruleIndex: number): JsonPath => ['rules', ruleIndex, 'conditions'];

/** Conditions that all have to hold for this one to hold: those below `all`, however deep, else the condition itself. */
export const conjunctsOf = (condition: Condition, path: JsonPath): readonly Placed<Condition>[] =>
  'all' in condition ? condition.all.flatMap((each, index) => conjunctsOf(each, [...path, 'all', index])) : [{ condition, path }];

export interface PlacedLeaf extends Placed<Leaf> {
  /** False below a `not`. */
  readonly holds: boolean;
}

/** Every comparison with its place. */
export const placedLeaves = (condition: Condition, path: JsonPath): readonly PlacedLeaf[] => {
  if ('all' in condition) return condition.all.flatMap((each, index) => placedLeaves(each, [...path, 'all', index]));
  if ('any' in condition) return condition.any.flatMap((each, index) => placedLeaves(each, [...path, 'any', index]));
  if ('not' in condition) return [{ condition: condition.not, path: [...path, 'not'], holds: false }];
  return [{ condition, path, holds: true }];
};
