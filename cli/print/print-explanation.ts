import type { Explanation } from '#local/explain/explain-record.ts';
import type { ConditionExplanation, RuleExplanation } from '#rule-sets/explain-rules.ts';
import { shownFact } from './figures.ts';

const conditionLines = (condition: ConditionExplanation, indent: string): readonly string[] => {
  if (condition.kind === 'COMPARISON') {
    const value = typeof condition.value === 'string' ? condition.value : condition.value.join(', ');
    const fact = condition.factValue === null ? 'missing' : shownFact(condition.factValue);
    return [`${indent}${condition.outcome.padEnd(7)} ${condition.fact} (${fact}) ${condition.operator} ${value}`];
  }
  return [
    `${indent}${condition.outcome.padEnd(7)} ${condition.kind}`,
    ...condition.children.flatMap((child) => conditionLines(child, `${indent}  `)),
  ];
};

/** Each rule with its outcome and that of every condition below it. */
export const ruleLines = (rules: readonly RuleExplanation[], indent: string): readonly string[] =>
  rules.flatMap((rule) => [`${indent}rule ${rule.rule}: ${rule.outcome}`, ...conditionLines(rule.condition, `${indent}  `)]);

/** An explanation for people: what was decided, the rules with every comparison, and whether the record gives it again. */
export const printExplanation = (each: Explanation): string =>
  [
    `${each.decisionId}  ${each.at}`,
    `  under ${each.ruleSet.id}@${each.ruleSet.version} (${each.ruleSet.hash})`,
    ...each.says.map((line) => `  ${line}`),
    ...ruleLines(each.rules, '  '),
    `  ${each.recomputes ? 'recomputed from the record: the same' : 'RECOMPUTED DIFFERENTLY FROM THE RECORD'}`,
  ].join('\n');
