import { satisfyAll } from './ask-facts.ts';
import type { RuleKind } from './facts.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import { leastEnough } from './least-enough.ts';
import { conditionsPath, conjunctsOf, type Placed } from './placed-conditions.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { Condition, Rule } from './rule-set.ts';
import { inWords } from './rule-words.ts';
import { undecidedFinding } from './undecided-finding.ts';

/** Where a rule can do something, and what to say when its condition holds nowhere in it. */
export interface RuleReach<Event> {
  readonly ruleKind: RuleKind;
  readonly within: (rule: Rule<Event>) => readonly Condition[];
  /** Completes "rule fires only …". */
  readonly outside: (rule: Rule<Event>) => string;
}

const SUBJECTS: Readonly<Record<RuleKind, string>> = { margin: 'no pool', shortfall: 'nothing that a liquidation leaves' };

type Conjuncts = readonly Placed<Condition>[];

/** The conjuncts that contradict each other, without those that could be left out. */
const contradiction = (ruleKind: RuleKind, conjuncts: Conjuncts): Conjuncts =>
  leastEnough(
    conjuncts,
    (some) =>
      satisfyAll(
        ruleKind,
        some.map(({ condition }) => condition),
      ).kind === 'IMPOSSIBLE',
  );

const impossible = <Event extends { readonly type: string }>(
  source: JsonSource,
  ruleKind: RuleKind,
  rule: Rule<Event>,
  index: number,
): RuleFinding => {
  const core = contradiction(ruleKind, conjunctsOf(rule.conditions, conditionsPath(index)));
  const words = core.map(({ condition }) => inWords(condition) ?? 'what is left of an `any`');
  return findingAt(source, core.at(-1)?.path ?? conditionsPath(index), {
    code: 'rule-never-fires',
    message: `rule \`${rule.name}\` can never fire: ${SUBJECTS[ruleKind]} has ${words.join(' and ')}`,
    effect: `\`${rule.event.type}\` never happens by this rule: what it is meant to stop goes on, at a loss that grows with the mark`,
    mend: core.length === 1 ? 'change the comparison, or remove the rule' : 'change one of these comparisons, or remove the rule',
  });
};

const checkRule = <Event extends { readonly type: string }>(
  source: JsonSource,
  reach: RuleReach<Event>,
  rule: Rule<Event>,
  index: number,
): readonly RuleFinding[] => {
  const within = satisfyAll(reach.ruleKind, [rule.conditions, ...reach.within(rule)]);
  if (within.kind === 'FOUND') return [];
  if (within.kind === 'UNDECIDED') return [undecidedFinding(source, conditionsPath(index), `rule \`${rule.name}\` can ever fire`)];
  if (satisfyAll(reach.ruleKind, [rule.conditions]).kind === 'IMPOSSIBLE') return [impossible(source, reach.ruleKind, rule, index)];
  return [
    findingAt(source, conditionsPath(index), {
      code: 'rule-never-fires',
      message: `rule \`${rule.name}\` can never do anything: it fires only ${reach.outside(rule)}`,
      effect: `\`${rule.event.type}\` never happens by this rule: what it is meant to stop goes on, at a loss that grows with the mark`,
      mend: 'let the condition hold for more, or remove the rule',
    }),
  ];
};

/** Rules whose condition holds for nothing that they could do something about. A rule that cannot be decided is said to be so. */
export const checkNeverFires = <Event extends { readonly type: string }>(
  source: JsonSource,
  rules: readonly Rule<Event>[],
  reach: RuleReach<Event>,
): readonly RuleFinding[] => rules.flatMap((rule, index) => checkRule(source, reach, rule, index));
