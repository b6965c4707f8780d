import { childrenOf } from '#rule-sets/conditions.ts';
import type { RuleKind } from '#rule-sets/facts.ts';
import { jsonPath } from '#rule-sets/json-path.ts';
import type { OperatorName } from '#rule-sets/operators.ts';
import type { Condition, Leaf, Rule, RuleSet } from '#rule-sets/rule-set.ts';

/** One comparison of one rule, where it stands and what leaves the verdict to it. */
export interface Comparison {
  readonly kind: RuleKind;
  readonly rule: Rule<unknown>;
  /** JSON path in the rule file, such as `$.rules[0].conditions.all[1]`. */
  readonly path: string;
  readonly leaf: Leaf;
  /**
   * What must be so for this comparison to decide, so that the rule flips when it alone flips. Below `all` the others must hold, below `any` they must
   * fail; `not` passes every flip on.
   */
  readonly others: readonly Expectation[];
}

/** A condition that must hold, or must fail. */
export interface Expectation {
  readonly condition: Condition;
  readonly holds: boolean;
}

const OPERATOR_WORDS: Readonly<Record<OperatorName, string>> = {
  decimalLessThan: 'below',
  decimalAtMost: 'at most',
  decimalEqual: 'exactly',
  decimalAtLeast: 'at least',
  decimalGreaterThan: 'above',
  oneOf: 'one of',
};

/** A comparison in words: `marginExcess below 0`, `marketStatus one of HALTED, SETTLING`. */
export const comparisonText = ({ fact, operator, value }: Leaf): string =>
  `${fact} ${OPERATOR_WORDS[operator]} ${typeof value === 'string' ? value : value.join(', ')}`;

/** Rules of one kind, in the order of their file. */
export const rulesOf = (ruleSet: RuleSet, kind: RuleKind): readonly Rule<unknown>[] =>
  kind === 'margin' ? ruleSet.margin.rules : ruleSet.shortfall.rules;

/** The kinds of rules that a rule set has. */
export const RULE_KINDS: readonly RuleKind[] = ['margin', 'shortfall'];

type Steps = readonly (string | number)[];

interface Place {
  readonly steps: Steps;
  readonly leaf: Leaf;
  readonly others: readonly Expectation[];
}

const placesIn = (condition: Condition, steps: Steps, others: readonly Expectation[]): readonly Place[] => {
  if ('fact' in condition) return [{ steps, leaf: condition, others }];
  if ('not' in condition) return [{ steps: [...steps, 'not'], leaf: condition.not, others }];
  const holds = 'all' in condition;
  const children = childrenOf(condition);
  return children.flatMap((child, index) => {
    const beside = children.filter((_, position) => position !== index).map((sibling) => ({ condition: sibling, holds }));
    return placesIn(child, [...steps, holds ? 'all' : 'any', index], [...others, ...beside]);
  });
};

/** Every comparison of the rules of one kind: rules in file order, the comparisons of each from left to right, as `leavesOf` has them. */
export const comparisonsOf = (ruleSet: RuleSet, kind: RuleKind): readonly Comparison[] =>
  rulesOf(ruleSet, kind).flatMap((rule, index) =>
    placesIn(rule.conditions, ['rules', index, 'conditions'], []).map(({ steps, leaf, others }) => ({
      kind,
      rule,
      path: jsonPath(steps),
      leaf,
      others,
    })),
  );
