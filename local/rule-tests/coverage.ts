import { type ConditionExplanation, explainRules, type RuleExplanation } from '#rule-sets/explain-rules.ts';
import type { RuleKind } from '#rule-sets/facts.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';
import { comparisonsOf, comparisonText, RULE_KINDS, rulesOf } from './comparisons.ts';
import type { RuleTestObservations } from './rule-test.ts';

/** Whether tests saw a rule fire and saw it stay silent. */
export interface RuleCoverage {
  readonly kind: RuleKind;
  readonly rule: string;
  readonly fires: boolean;
  readonly isSilent: boolean;
}

/** Whether tests saw a comparison decide. */
export interface ConditionCoverage {
  readonly kind: RuleKind;
  readonly rule: string;
  /** JSON path of the comparison in the file of its rule. */
  readonly path: string;
  /** The comparison in words, such as `marginExcess below 0`. */
  readonly text: string;
  readonly decides: boolean;
}

/** What the facts that tests gave to the rules have tried of them. */
export interface Coverage {
  readonly rules: readonly RuleCoverage[];
  readonly conditions: readonly ConditionCoverage[];
  /** Covered items of all items, rounded down: 100 only when nothing is left. A rule has two items, a comparison one. */
  readonly percent: number;
}

/**
 * For each comparison of a tree, from left to right, whether it decides: whether the rule would flip if the comparison alone flipped. That is so when
 * everything beside it holds below every `all` and fails below every `any` on the way down.
 */
const deciding = (condition: ConditionExplanation, isDeciding: boolean): readonly boolean[] => {
  if (condition.kind === 'COMPARISON') return [isDeciding];
  const passing = condition.kind === 'ANY' ? 'FAILS' : 'HOLDS';
  return condition.children.flatMap((child, index) => {
    const passes = condition.children.every(({ outcome }, other) => other === index || outcome === passing);
    return deciding(child, isDeciding && passes);
  });
};

/** What one rule was seen to do; whether each comparison decided, from left to right. */
interface Seen {
  fires: boolean;
  isSilent: boolean;
  decided: readonly boolean[];
}

const observe = (seen: Map<string, Seen>, { rule, outcome, condition }: RuleExplanation): void => {
  if (outcome === 'ERROR') return;
  const decided = deciding(condition, true);
  const before = seen.get(rule) ?? { fires: false, isSilent: false, decided: decided.map(() => false) };
  seen.set(rule, {
    fires: before.fires || outcome === 'FIRED',
    isSilent: before.isSilent || outcome === 'SILENT',
    decided: decided.map((decides, index) => decides || before.decided[index] === true),
  });
};

const coverageOfKind = (ruleSet: RuleSet, kind: RuleKind, observations: RuleTestObservations): Omit<Coverage, 'percent'> => {
  const seen = new Map<string, Seen>();
  for (const facts of observations[kind]) for (const each of explainRules(rulesOf(ruleSet, kind), facts)) observe(seen, each);
  const positions = new Map<string, number>();
  return {
    rules: rulesOf(ruleSet, kind).map(({ name }) => ({
      kind,
      rule: name,
      fires: seen.get(name)?.fires ?? false,
      isSilent: seen.get(name)?.isSilent ?? false,
    })),
    conditions: comparisonsOf(ruleSet, kind).map(({ rule: { name }, path, leaf }) => {
      const position = positions.get(name) ?? 0;
      positions.set(name, position + 1);
      return { kind, rule: name, path, text: comparisonText(leaf), decides: seen.get(name)?.decided[position] ?? false };
    }),
  };
};

const percentOf = (items: readonly boolean[]): number =>
  items.length === 0 ? 100 : Math.floor((100 * items.filter((isCovered) => isCovered).length) / items.length);

/**
 * Says what the observed facts have tried of a rule set: which rules fired and stayed silent, and which comparisons decided at least once, be it by
 * holding or by failing. Facts under which a rule is in `ERROR` count for nothing in it. Rules and comparisons in file order, margin before shortfall.
 */
export const coverageOf = (ruleSet: RuleSet, observations: RuleTestObservations): Coverage => {
  const kinds = RULE_KINDS.map((kind) => coverageOfKind(ruleSet, kind, observations));
  const rules = kinds.flatMap((each) => each.rules);
  const conditions = kinds.flatMap((each) => each.conditions);
  const items = [...rules.flatMap(({ fires, isSilent }) => [fires, isSilent]), ...conditions.map(({ decides }) => decides)];
  return { rules, conditions, percent: percentOf(items) };
};
