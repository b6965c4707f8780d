import type { Rule, RuleSet } from '#rule-sets/rule-set.ts';
import { shippedRuleSet } from '../../rule-sets/shipped-files.ts';

const house = shippedRuleSet('house');

/** `house` with these rules and no others. */
export const lawOf = (margin: readonly Rule<unknown>[], shortfall: readonly Rule<unknown>[]): RuleSet => ({
  ...house,
  margin: { ...house.margin, rules: margin.map((rule) => ({ ...rule, event: { type: 'WARN' as const } })) },
  shortfall: { ...house.shortfall, rules: shortfall.map((rule) => ({ ...rule, event: { type: 'HALT' as const } })) },
});
