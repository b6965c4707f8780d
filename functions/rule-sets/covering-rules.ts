import { satisfyAll } from './ask-facts.ts';
import type { RuleKind } from './facts.ts';
import { leastEnough } from './least-enough.ts';
import type { Condition, Rule } from './rule-set.ts';
import { negated, type Satisfaction } from './satisfy.ts';

export type Coverage<Covering> =
  /** Wherever the region is, one of these rules fires; where they are few, none of them can be left out. */
  { readonly kind: 'COVERED'; readonly by: readonly Covering[] } | { readonly kind: 'OPEN' } | { readonly kind: 'UNDECIDED' };

const outsideOf = (ruleKind: RuleKind, region: readonly Condition[], rules: readonly Rule<unknown>[]): Satisfaction =>
  satisfyAll(ruleKind, [...region, ...rules.map(({ conditions }) => negated(conditions))]);

/** Rules that a message can name one by one; of more that only do it together, none is left out. */
const NAMED_MAX = 12;

/** Whether some of `rules` fires wherever all of `region` holds, and which of them it takes. A region that is empty is OPEN: nothing has to cover it. */
export const coverageOf = <Covering extends Rule<unknown>>(
  ruleKind: RuleKind,
  region: readonly Condition[],
  rules: readonly Covering[],
): Coverage<Covering> => {
  const covers = (some: readonly Covering[]): boolean => outsideOf(ruleKind, region, some).kind === 'IMPOSSIBLE';
  const outside = outsideOf(ruleKind, region, rules);
  if (outside.kind !== 'IMPOSSIBLE') return { kind: outside.kind === 'FOUND' ? 'OPEN' : 'UNDECIDED' };
  const alone = rules.find((rule) => covers([rule]));
  if (alone !== undefined) return covers([]) ? { kind: 'OPEN' } : { kind: 'COVERED', by: [alone] };
  return { kind: 'COVERED', by: rules.length > NAMED_MAX ? rules : leastEnough(rules, covers) };
};
