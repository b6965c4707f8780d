import type { Decimal } from '#core/units/decimal.ts';
import type { DecimalOperatorName } from '#rule-sets/operators.ts';
import type { Leaf } from '#rule-sets/rule-set.ts';

/** The end of a stretch of numbers; `value` null: it has none. */
interface End {
  readonly value: Decimal | null;
  readonly included: boolean;
}

interface Stretch {
  readonly low: End;
  readonly high: End;
}

const NO_END: End = { value: null, included: false };

const open = (value: Decimal): End => ({ value, included: false });
const closed = (value: Decimal): End => ({ value, included: true });

/** Where a comparison holds, as stretches of numbers that do not touch. */
const HOLDS: Readonly<Record<DecimalOperatorName, (value: Decimal) => readonly Stretch[]>> = {
  decimalLessThan: (value) => [{ low: NO_END, high: open(value) }],
  decimalAtMost: (value) => [{ low: NO_END, high: closed(value) }],
  decimalEqual: (value) => [{ low: closed(value), high: closed(value) }],
  decimalAtLeast: (value) => [{ low: closed(value), high: NO_END }],
  decimalGreaterThan: (value) => [{ low: open(value), high: NO_END }],
};

const HOLDS_NOT: Readonly<Record<DecimalOperatorName, (value: Decimal) => readonly Stretch[]>> = {
  decimalLessThan: HOLDS.decimalAtLeast,
  decimalAtMost: HOLDS.decimalGreaterThan,
  decimalEqual: (value) => [...HOLDS.decimalLessThan(value), ...HOLDS.decimalGreaterThan(value)],
  decimalAtLeast: HOLDS.decimalLessThan,
  decimalGreaterThan: HOLDS.decimalAtMost,
};

const reachesAsFar = (inner: End, outer: End, isFurther: (outer: Decimal, inner: Decimal) => boolean): boolean => {
  if (outer.value === null) return true;
  if (inner.value === null) return false;
  return inner.value.eq(outer.value) ? outer.included || !inner.included : isFurther(outer.value, inner.value);
};

const isInside = (inner: Stretch, outer: Stretch): boolean =>
  reachesAsFar(inner.low, outer.low, (a, b) => a.lt(b)) && reachesAsFar(inner.high, outer.high, (a, b) => a.gt(b));

/** A comparison, or its opposite. */
export interface Literal {
  readonly leaf: Leaf;
  readonly negated: boolean;
}

const stretchesOf = ({ leaf, negated }: Literal): readonly Stretch[] => {
  if (leaf.operator === 'oneOf' || leaf.threshold === null) return [];
  return (negated ? HOLDS_NOT : HOLDS)[leaf.operator](leaf.threshold);
};

const idsImply = (a: Literal, b: Literal): boolean => {
  if (typeof a.leaf.value === 'string' || typeof b.leaf.value === 'string' || a.negated !== b.negated) return false;
  const [few, many] = a.negated ? [b.leaf.value, a.leaf.value] : [a.leaf.value, b.leaf.value];
  return few.every((id) => many.includes(id));
};

/** Whether every value of the fact for which the first comparison holds is one for which the second holds. */
export const literalImplies = (a: Literal, b: Literal): boolean => {
  if (a.leaf.fact !== b.leaf.fact) return false;
  if (a.leaf.operator === 'oneOf' || b.leaf.operator === 'oneOf') return idsImply(a, b);
  return stretchesOf(a).every((inner) => stretchesOf(b).some((outer) => isInside(inner, outer)));
};
