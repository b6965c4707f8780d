import type { Explanation } from '#local/explain/explain-record.ts';
import type { ConditionExplanation } from '#rule-sets/explain-rules.ts';

const SIGNIFICANT_TEXT = 24;

const shortened = (text: string): string => (text.length > SIGNIFICANT_TEXT ? `${text.slice(0, SIGNIFICANT_TEXT)}…` : text);

const conditionLines = (condition: ConditionExplanation, indent: string): readonly string[] => {
  if (condition.kind === 'COMPARISON') {
    const value = typeof condition.value === 'string' ? condition.value : condition.value.join(', ');
    const fact = condition.factValue === null ? 'missing' : shortened(condition.factValue);
    return [`${indent}${condition.outcome.padEnd(7)} ${condition.fact} (${fact}) ${condition.operator} ${value}`];
  }
  return [
    `${indent}${condition.outcome.padEnd(7)} ${condition.kind}`,
    ...condition.children.flatMap((child) => conditionLines(child, `${indent}  `)),
  ];
};

/** An explanation for people: what was decided, the rules with every comparison, and whether the record gives it again. */
export const printExplanation = (each: Explanation): string =>
  [
    `${each.decisionId}  ${each.at}`,
    `  under ${each.ruleSet.id}@${each.ruleSet.version} (${each.ruleSet.hash})`,
    ...each.says.map((line) => `  ${line}`),
    ...each.rules.flatMap((rule) => [`  rule ${rule.rule}: ${rule.outcome}`, ...conditionLines(rule.condition, '    ')]),
    `  ${each.recomputes ? 'recomputed from the record: the same' : 'RECOMPUTED DIFFERENTLY FROM THE RECORD'}`,
  ].join('\n');
