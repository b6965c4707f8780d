import { satisfyAll } from './ask-facts.ts';
import { coverageOf } from './covering-rules.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import { decidingBefore, type MarginRule, withinReach } from './margin-reach.ts';
import type { RuleFinding } from './rule-finding.ts';
import { HAS_RESIDUAL } from './rule-reaches.ts';
import type { Condition, Rule, ShortfallEvent } from './rule-set.ts';
import { listed, rulesNamed } from './rule-words.ts';
import { undecidedFinding } from './undecided-finding.ts';

type AnyRule = Rule<{ readonly type: string }>;

/** Lines that a sentence can hold. */
const LINES_MAX = 12;

/** ``rule `a` (line 7)``: both places are named, this rule's by the finding, the other's here. */
const placed = (source: JsonSource, rules: readonly AnyRule[], by: readonly AnyRule[]): string => {
  const lines = by.slice(0, LINES_MAX).map((rule) => `${source.locate(['rules', rules.indexOf(rule)]).line}`);
  return `${rulesNamed(by.map(({ name }) => name))} (${lines.length === 1 ? 'line' : 'lines'} ${listed(lines)})`;
};

const checkMarginRule = (
  source: JsonSource,
  rules: readonly MarginRule[],
  index: number,
  judged: readonly Condition[],
): readonly RuleFinding[] => {
  const rule = rules[index];
  if (rule === undefined) return [];
  const region = [rule.conditions, withinReach(rule), ...judged];
  const before = decidingBefore(rule, rules);
  // A rule that never fires is not shadowed: that is another finding.
  if (before.length === 0 || satisfyAll('margin', region).kind !== 'FOUND') return [];
  const coverage = coverageOf('margin', region, before);
  if (coverage.kind === 'UNDECIDED')
    return [undecidedFinding(source, ['rules', index, 'name'], `rule \`${rule.name}\` ever decides before the rules above it`)];
  if (coverage.kind === 'OPEN') return [];
  const others = placed(source, rules, coverage.by);
  const given = [...new Set(coverage.by.map(({ event }) => `\`${event.type}\``))].join(' or ');
  return [
    findingAt(source, ['rules', index, 'name'], {
      code: 'rule-shadowed',
      message: `rule \`${rule.name}\` never decides: wherever it fires, ${others} ${coverage.by.length === 1 ? 'decides' : 'decide'} first`,
      effect: `no pool is ever given \`${rule.event.type}\` by this rule: every pool it is for gets ${given} instead`,
      mend: `narrow the conditions of ${rulesNamed(coverage.by.map(({ name }) => name))}, give \`${rule.name}\` a higher priority, or remove it`,
    }),
  ];
};

/** Margin rules that can never decide, because rules that decide first fire wherever they do; one such rule or several together. */
export const checkShadowed = (
  source: JsonSource,
  rules: readonly MarginRule[],
  judged: readonly Condition[] = [],
): readonly RuleFinding[] => rules.flatMap((_, index) => checkMarginRule(source, rules, index, judged));

/** DELEVERAGE rules that fire only where a HALT does: a halted case is settled by people. */
export const checkHalted = (source: JsonSource, rules: readonly Rule<ShortfallEvent>[]): readonly RuleFinding[] => {
  const halting = rules.filter(({ event }) => event.type === 'HALT');
  if (halting.length === 0) return [];
  return rules.flatMap((rule, index) => {
    const region = [rule.conditions, HAS_RESIDUAL];
    if (rule.event.type !== 'DELEVERAGE' || satisfyAll('shortfall', region).kind !== 'FOUND') return [];
    const coverage = coverageOf('shortfall', region, halting);
    if (coverage.kind !== 'COVERED') return [];
    return [
      findingAt(source, ['rules', index, 'name'], {
        code: 'rule-shadowed',
        message: `rule \`${rule.name}\` never deleverages: wherever it fires, ${placed(source, rules, coverage.by)} halts the case`,
        effect: 'no counterparty ever takes a residual by this rule: it stays open in a halted market until people settle it',
        mend: `narrow the conditions of ${rulesNamed(coverage.by.map(({ name }) => name))}, or remove this rule`,
      }),
    ];
  });
};
