import type { VerdictOutcome } from '#core/policy.ts';
import { factText, leafProblem } from './conditions.ts';
import type { Facts } from './facts.ts';
import { compareDecimals, isOneOf } from './operators.ts';
import type { Condition, Leaf, Rule } from './rule-set.ts';

/** UNKNOWN: the condition touches a fact that cannot be used, anywhere below it. */
export type ConditionOutcome = 'HOLDS' | 'FAILS' | 'UNKNOWN';

export type ConditionExplanation =
  | { readonly kind: 'ALL' | 'ANY' | 'NOT'; readonly outcome: ConditionOutcome; readonly children: readonly ConditionExplanation[] }
  | {
      readonly kind: 'COMPARISON';
      readonly outcome: ConditionOutcome;
      readonly fact: string;
      /** The fact's value as text; null when it is missing. */
      readonly factValue: string | null;
      readonly operator: string;
      readonly value: string | readonly string[];
      /** Why the comparison is unknown; null when it is known. */
      readonly problem: string | null;
    };

export interface RuleExplanation {
  readonly rule: string;
  readonly priority: number;
  readonly outcome: VerdictOutcome;
  readonly condition: ConditionExplanation;
}

const known = (holds: boolean): ConditionOutcome => (holds ? 'HOLDS' : 'FAILS');

const compare = (leaf: Leaf, facts: Facts): boolean =>
  leaf.operator === 'oneOf'
    ? isOneOf(facts.get(leaf.fact), leaf.value)
    : compareDecimals(leaf.operator, facts.get(leaf.fact), leaf.threshold);

const explainLeaf = (leaf: Leaf, facts: Facts): ConditionExplanation => {
  const problem = leafProblem(leaf, facts);
  const factValue = facts.get(leaf.fact);
  return {
    kind: 'COMPARISON',
    outcome: problem === null ? known(compare(leaf, facts)) : 'UNKNOWN',
    fact: leaf.fact,
    factValue: factValue === undefined ? null : factText(factValue),
    operator: leaf.operator,
    value: leaf.value,
    problem,
  };
};

const combine = (
  kind: 'ALL' | 'ANY' | 'NOT',
  children: readonly ConditionExplanation[],
  holds: (outcomes: readonly boolean[]) => boolean,
): ConditionExplanation => {
  const isUnknown = children.some(({ outcome }) => outcome === 'UNKNOWN');
  return { kind, outcome: isUnknown ? 'UNKNOWN' : known(holds(children.map(({ outcome }) => outcome === 'HOLDS'))), children };
};

const explainCondition = (condition: Condition, facts: Facts): ConditionExplanation => {
  const explain = (child: Condition): ConditionExplanation => explainCondition(child, facts);
  if ('all' in condition) return combine('ALL', condition.all.map(explain), (outcomes) => outcomes.every(Boolean));
  if ('any' in condition) return combine('ANY', condition.any.map(explain), (outcomes) => outcomes.some(Boolean));
  if ('not' in condition) return combine('NOT', [explain(condition.not)], ([outcome]) => outcome !== true);
  return explainLeaf(condition, facts);
};

const VERDICT_OF = { HOLDS: 'FIRED', FAILS: 'SILENT', UNKNOWN: 'ERROR' } as const;

/**
 * Says, rule by rule, which comparison of which fact led to the verdict. It walks the conditions itself, without the rule engine, and gives the
 * outcomes of `evaluateRules`; rules by priority, highest first.
 */
export const explainRules = (rules: readonly Rule<unknown>[], facts: Facts): readonly RuleExplanation[] =>
  [...rules]
    .sort((a, b) => b.priority - a.priority)
    .map((rule) => {
      const condition = explainCondition(rule.conditions, facts);
      return { rule: rule.name, priority: rule.priority, outcome: VERDICT_OF[condition.outcome], condition };
    });
