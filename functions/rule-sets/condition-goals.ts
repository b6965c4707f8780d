import type { Decimal } from '#core/units/decimal.ts';
import { domainOf } from './fact-domains.ts';
import type { FactName } from './facts.ts';
import { above, atLeast, atMost, below, complement, exactly, type Interval } from './interval.ts';
import type { DecimalOperatorName } from './operators.ts';
import type { Condition, Leaf } from './rule-set.ts';

/** A condition as what its facts have to be: without negations and without operators. */
export type Goal =
  | { readonly kind: 'WITHIN'; readonly fact: FactName; readonly range: Interval }
  | { readonly kind: 'AMONG'; readonly fact: FactName; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'ALL' | 'ANY'; readonly goals: readonly Goal[] };

const RANGES = {
  decimalLessThan: below,
  decimalAtMost: atMost,
  decimalEqual: exactly,
  decimalAtLeast: atLeast,
  decimalGreaterThan: above,
} as const satisfies Readonly<Record<DecimalOperatorName, (threshold: Decimal) => Interval>>;

const idsFor = ({ fact, value }: Leaf, holds: boolean): ReadonlySet<string> => {
  const domain = domainOf(fact);
  return new Set(domain.kind === 'text' ? domain.ids.filter((id) => value.includes(id) === holds) : []);
};

const leafGoal = (leaf: Leaf, holds: boolean): Goal => {
  const { fact, operator, threshold } = leaf;
  if (operator === 'oneOf' || threshold === null) return { kind: 'AMONG', fact, ids: idsFor(leaf, holds) };
  const range = RANGES[operator](threshold);
  const goals = (holds ? [range] : complement(range)).map((each): Goal => ({ kind: 'WITHIN', fact, range: each }));
  const [only] = goals;
  return only !== undefined && goals.length === 1 ? only : { kind: 'ANY', goals };
};

/** The goal whose facts make `condition` hold, or fail where `holds` is false. */
export const goalOf = (condition: Condition, holds = true): Goal => {
  if ('all' in condition) return { kind: holds ? 'ALL' : 'ANY', goals: condition.all.map((each) => goalOf(each, holds)) };
  if ('any' in condition) return { kind: holds ? 'ANY' : 'ALL', goals: condition.any.map((each) => goalOf(each, holds)) };
  return 'not' in condition ? leafGoal(condition.not, !holds) : leafGoal(condition, holds);
};
