import { satisfyAll } from './ask-facts.ts';
import { coverageOf } from './covering-rules.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import { withinShortfall } from './rule-reaches.ts';
import type { Rule, ShortfallEvent } from './rule-set.ts';
import { rulesNamed } from './rule-words.ts';
import { undecidedFinding } from './undecided-finding.ts';

/**
 * Shortfall rules whose event others bring wherever they fire. All fired events are collected, so that priorities decide nothing; of two rules that bring the
 * same the lower one is named.
 */
export const checkRedundant = (source: JsonSource, rules: readonly Rule<ShortfallEvent>[]): readonly RuleFinding[] => {
  const redundant = new Set<Rule<ShortfallEvent>>();
  const upwards = [...rules.entries()].sort(([, a], [, b]) => a.priority - b.priority);
  return upwards.flatMap(([index, rule]): readonly RuleFinding[] => {
    const others = rules.filter((other) => other !== rule && other.event.type === rule.event.type && !redundant.has(other));
    const region = [rule.conditions, ...withinShortfall(rule.event)];
    if (others.length === 0 || satisfyAll('shortfall', region).kind !== 'FOUND') return [];
    const coverage = coverageOf('shortfall', region, others);
    if (coverage.kind === 'OPEN') return [];
    if (coverage.kind === 'UNDECIDED')
      return [undecidedFinding(source, ['rules', index, 'name'], `rule \`${rule.name}\` brings anything that no other rule does`)];
    redundant.add(rule);
    const by = rulesNamed(coverage.by.map(({ name }) => name));
    return [
      findingAt(source, ['rules', index, 'name'], {
        code: 'rule-redundant',
        message: `rule \`${rule.name}\` changes nothing: wherever it fires, ${by} ${coverage.by.length === 1 ? 'brings' : 'bring'} \`${rule.event.type}\` too`,
        effect: `nothing is paid or deleveraged differently with this rule; whoever changes its numbers alone changes nothing`,
        mend: `remove the rule, or narrow ${by}`,
      }),
    ];
  });
};
