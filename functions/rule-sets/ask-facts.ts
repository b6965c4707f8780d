import type { Decimal } from '#core/units/decimal.ts';
import { type FactName, factNames, type RuleKind } from './facts.ts';
import type { DecimalOperatorName } from './operators.ts';
import type { Condition, Leaf } from './rule-set.ts';
import { type Satisfaction, satisfy } from './satisfy.ts';

/** A comparison as the checks ask it themselves. */
export const comparing = (fact: FactName, operator: DecimalOperatorName, threshold: Decimal): Leaf => ({
  fact,
  operator,
  value: threshold.toFixed(),
  threshold,
});

/** Whether facts of one kind can make all of these conditions hold together, and a full set of such facts. */
export const satisfyAll = (ruleKind: RuleKind, conditions: readonly Condition[]): Satisfaction =>
  satisfy({ all: conditions }, factNames(ruleKind));
