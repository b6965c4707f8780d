import { Decimal, decimal } from '#core/units/decimal.ts';
import { domainOf } from '#rule-sets/fact-domains.ts';
import type { Condition, Leaf } from '#rule-sets/rule-set.ts';

/** One value of a fact on a boundary or next to it. */
export interface BoundaryPoint {
  /** In words, for the name of a test: `marginExcess 0.000000000001 above 0`. */
  readonly text: string;
  /** Holds for exactly this value; for ids outside a list, for each of them. */
  readonly condition: Condition;
}

/** The step of facts that have none of their own, and of written constants: 12 digits after the point. */
const QUANTUM = decimal('0.000000000001');

const stepOf = ({ fact }: Leaf): Decimal => {
  const domain = domainOf(fact);
  return domain.kind === 'decimal' ? (domain.step ?? QUANTUM) : QUANTUM;
};

const at = ({ fact }: Leaf, value: Decimal): Condition => ({ fact, operator: 'decimalEqual', value: value.toFixed(), threshold: value });

const decimalPoint = (leaf: Leaf, threshold: Decimal, value: Decimal): BoundaryPoint => {
  const distance = value.minus(threshold);
  const place = distance.isZero() ? 'exactly' : `${distance.abs().toFixed()} ${distance.isNegative() ? 'below' : 'above'}`;
  return { text: `${leaf.fact} ${place} ${String(leaf.value)}`, condition: at(leaf, value) };
};

/** One step either side of a threshold that the fact can have, and the threshold; the nearest values around one that it cannot. */
const neighbours = (threshold: Decimal, step: Decimal): readonly Decimal[] => {
  const lower = threshold.div(step).floor().times(step);
  return lower.eq(threshold) ? [threshold.minus(step), threshold, threshold.plus(step)] : [lower, lower.plus(step)];
};

const idPoints = (leaf: Leaf, ids: readonly string[]): readonly BoundaryPoint[] => [
  ...[...new Set(ids)].map((id) => ({ text: `${leaf.fact} ${id}, in the list,`, condition: { ...leaf, value: [id] } })),
  { text: `${leaf.fact} outside the list`, condition: { not: leaf } },
];

/**
 * The values at which a comparison is tried: on its threshold and one step either side, lowest first; each id of a list and one outside it. The step is
 * that of the fact (a count has 1, an age 0.001 s), 1e-12 where it has none.
 */
export const boundaryPoints = (leaf: Leaf): readonly BoundaryPoint[] => {
  const { threshold, value } = leaf;
  if (typeof value !== 'string') return idPoints(leaf, value);
  const exact = threshold ?? new Decimal(value);
  return neighbours(exact, stepOf(leaf)).map((each) => decimalPoint(leaf, exact, each));
};
