import { depthOf, leavesOf, nodeCount } from './conditions.ts';
import type { FactName } from './facts.ts';
import { findingAt } from './finding-at.ts';
import type { JsonSource } from './json-source.ts';
import type { RuleFinding } from './rule-finding.ts';
import type { Rule } from './rule-set.ts';

/** A rule of either kind. */
type AnyRule = Rule<{ readonly type: string }>;

/** Conditions inside each other, a lone comparison counting 1: what a person can still read, and far from any stack. */
const CONDITION_DEPTH_MAX = 8;

/** Conditions of one file, comparisons included: one evaluation stays below a millisecond. */
const CONDITION_NODES_MAX = 200;

const LATE = 'judging a pool could outlast the mark: it would be liquidated late, at a worse price';

const checkNames = (source: JsonSource, rules: readonly AnyRule[]): readonly RuleFinding[] =>
  rules.flatMap(({ name, event }, index) => {
    const first = rules.findIndex((rule) => rule.name === name);
    const other = rules[first];
    if (other === undefined || first === index) return [];
    return [
      findingAt(source, ['rules', index, 'name'], {
        code: 'duplicate-name',
        message: `name \`${name}\` is given to two rules: each needs its own`,
        effect: `no record could say which of the two decided, the one for \`${other.event.type}\` or the one for \`${event.type}\`: a trader who asks why gets no answer`,
        mend: `give this rule or \`$.rules[${first}]\` another name`,
      }),
    ];
  });

/** The highest priority below `priority` that is free, else the lowest free one above it. */
const freePriority = (rules: readonly AnyRule[], priority: number): number => {
  const taken = new Set(rules.map((rule) => rule.priority));
  for (let below = priority - 1; below >= 1; below -= 1) if (!taken.has(below)) return below;
  let above = priority + 1;
  while (taken.has(above)) above += 1;
  return above;
};

const checkPriorities = (source: JsonSource, rules: readonly AnyRule[]): readonly RuleFinding[] =>
  rules.flatMap(({ name, priority, event }, index) => {
    const other = rules.find((rule) => rule.priority === priority);
    if (other === undefined || rules.indexOf(other) === index) return [];
    return [
      findingAt(source, ['rules', index, 'priority'], {
        code: 'duplicate-priority',
        message: `priority \`${priority}\` is given to two rules: each needs its own`,
        effect: `where both hold nothing says which wins: a pool could get \`${event.type}\` by \`${name}\` where \`${other.event.type}\` by \`${other.name}\` was meant`,
        mend: `write a priority of its own, such as ${freePriority(rules, priority)}`,
      }),
    ];
  });

const checkSize = (source: JsonSource, rules: readonly AnyRule[]): readonly RuleFinding[] => {
  const tooDeep = rules.flatMap((rule, index) => {
    const depth = depthOf(rule.conditions);
    if (depth <= CONDITION_DEPTH_MAX) return [];
    return [
      findingAt(source, ['rules', index, 'conditions'], {
        code: 'conditions-too-deep',
        message: `conditions are \`${depth}\` deep, more than the limit of \`${CONDITION_DEPTH_MAX}\``,
        effect: `nobody could check by reading when \`${rule.event.type}\` happens, and ${LATE}`,
        mend: 'flatten it: `all` inside `all` is one `all`, `any` inside `any` is one `any`; or make two rules of it',
      }),
    ];
  });
  const nodes = rules.reduce((total, rule) => total + nodeCount(rule.conditions), 0);
  if (nodes <= CONDITION_NODES_MAX) return tooDeep;
  const tooMany = findingAt(source, ['rules'], {
    code: 'too-many-conditions',
    message: `\`${nodes}\` conditions are more than the limit of \`${CONDITION_NODES_MAX}\` per file`,
    effect: LATE,
    mend: `remove \`${nodes - CONDITION_NODES_MAX}\` conditions: numbers that differ by size belong into margin-tiers.json`,
  });
  return [...tooDeep, tooMany];
};

/** What the schema of a rule file cannot say: unique names and priorities, at most 8 conditions inside each other and 200 in the file. */
export const checkRules = (source: JsonSource, rules: readonly AnyRule[]): readonly RuleFinding[] => [
  ...checkNames(source, rules),
  ...checkPriorities(source, rules),
  ...checkSize(source, rules),
];

/** A law without a margin rule would never liquidate anybody. */
export const checkNotEmpty = (source: JsonSource, rules: readonly AnyRule[]): readonly RuleFinding[] =>
  rules.length > 0
    ? []
    : [
        findingAt(source, ['rules'], {
          code: 'no-margin-rule',
          message: 'expected at least one rule, got an empty list',
          effect: 'nobody would ever be liquidated: every loss beyond a margin would stay open and end at the fund and at other traders',
          mend: 'add a rule with the event `LIQUIDATE` for a `marginExcess` below "0"',
        }),
      ];

/** Refuses rules that ask about a fact which nothing computes under this rule set: they would never be anything but an error. */
export const checkFactUnused = (source: JsonSource, rules: readonly AnyRule[], fact: FactName, reason: string): readonly RuleFinding[] =>
  rules.flatMap((rule, index) =>
    leavesOf(rule.conditions).some((leaf) => leaf.fact === fact)
      ? [
          findingAt(source, ['rules', index, 'conditions'], {
            code: 'fact-without-value',
            message: `fact \`${fact}\` has no value: ${reason}`,
            effect: `the rule would answer ERROR each time it is asked: \`${rule.event.type}\` would never happen by it, whoever has to bear the loss then`,
            mend: `remove the comparison of \`${fact}\``,
          }),
        ]
      : [],
  );
