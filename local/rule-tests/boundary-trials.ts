import type { RuleKind } from '#rule-sets/facts.ts';
import type { Condition, Rule, RuleSet } from '#rule-sets/rule-set.ts';
import { negated } from '#rule-sets/satisfy.ts';
import { boundaryPoints } from './boundary-points.ts';
import { type Comparison, comparisonsOf, comparisonText, RULE_KINDS, rulesOf } from './comparisons.ts';

/** Facts that a test is wanted for, described by a condition on them. */
export interface Trial {
  readonly kind: RuleKind;
  readonly rule: Rule<unknown>;
  /** JSON path of what is tried in the file of the rule. */
  readonly path: string;
  /** What is special about the facts, in words; empty where nothing is. */
  readonly text: string;
  readonly condition: Condition;
}

/** Trials of one thing; only if none of them can be had, the last resort is tried instead. */
export interface TrialGroup {
  readonly trials: readonly Trial[];
  readonly lastResort: Trial;
}

const groupOf = (comparison: Comparison): TrialGroup => {
  const { kind, rule, path, leaf, others } = comparison;
  const decides = others.map(({ condition, holds }) => (holds ? condition : negated(condition)));
  const trial = (text: string, special: readonly Condition[]): Trial => ({
    kind,
    rule,
    path,
    text,
    condition: { all: [...special, ...decides] },
  });
  return {
    trials: boundaryPoints(leaf).map((point) => trial(point.text, [point.condition])),
    lastResort: trial(`${comparisonText(leaf)} decides and`, []),
  };
};

/** Trials on and beside each boundary of a rule set, each with the other facts such that its comparison decides. */
export const boundaryTrials = (ruleSet: RuleSet): readonly TrialGroup[] =>
  RULE_KINDS.flatMap((kind) => comparisonsOf(ruleSet, kind)).map(groupOf);

/** For each rule the trial that makes it fire and the one that leaves it silent. */
export const outcomeTrials = (ruleSet: RuleSet): readonly (Trial & { readonly outcome: 'FIRED' | 'SILENT' })[] =>
  RULE_KINDS.flatMap((kind) =>
    rulesOf(ruleSet, kind).flatMap((rule, index) => {
      const tried = { kind, rule, path: `$.rules[${index}]`, text: '' };
      return [
        { ...tried, condition: rule.conditions, outcome: 'FIRED' as const },
        { ...tried, condition: negated(rule.conditions), outcome: 'SILENT' as const },
      ];
    }),
  );
