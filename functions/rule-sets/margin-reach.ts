import type { MarginEvent } from '#core/policy.ts';
import { Decimal, ONE, ZERO } from '#core/units/decimal.ts';
import { comparing } from './ask-facts.ts';
import type { Condition, Rule } from './rule-set.ts';

export type MarginRule = Rule<MarginEvent>;

export const HOLDS_POSITION: Condition = comparing('positionCount', 'decimalAtLeast', ONE);
export const SOLVENT: Condition = comparing('marginBalance', 'decimalGreaterThan', ZERO);
export const WITHOUT_POSITION: Condition = comparing('positionCount', 'decimalEqual', ZERO);

/** Whether a fired rule of this kind changes anything for a pool; a warning only shows it. */
export const acts = ({ event }: MarginRule): boolean => event.type !== 'WARN';

/** An insolvent pool closes whole, whatever the rules say, unless they close it or hand it over themselves. */
const standsAgainstInsolvency = ({ event }: MarginRule): boolean => event.type === 'LIQUIDATE' || event.type === 'TAKE_OVER';

/** The pools about which a rule can do something, whatever its condition. */
export const withinReach = (rule: MarginRule): Condition => {
  if (!acts(rule)) return { any: [SOLVENT, WITHOUT_POSITION] };
  return standsAgainstInsolvency(rule) ? HOLDS_POSITION : { all: [HOLDS_POSITION, SOLVENT] };
};

const MS_PER_SECOND = 1000;

/** The pools that rules are asked about: those whose marks are not older than the safeguards allow, in ms. */
export const judgedPools = (markMaximumAge: number | null): readonly Condition[] =>
  markMaximumAge === null ? [] : [comparing('markAge', 'decimalAtMost', new Decimal(markMaximumAge).div(MS_PER_SECOND))];

const comesFirst = (other: MarginRule, rule: MarginRule): boolean =>
  acts(rule) ? acts(other) && other.priority > rule.priority : acts(other) || other.priority > rule.priority;

/** Rules that decide before this one wherever they fire, highest first: those above it that act; for a warning all that act, and the warnings above it. */
export const decidingBefore = (rule: MarginRule, rules: readonly MarginRule[]): readonly MarginRule[] =>
  rules.filter((other) => other !== rule && comesFirst(other, rule)).sort((a, b) => b.priority - a.priority);
