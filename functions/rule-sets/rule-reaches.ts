import type { MarginEvent } from '#core/policy.ts';
import { ONE, ZERO } from '#core/units/decimal.ts';
import { comparing } from './ask-facts.ts';
import type { RuleReach } from './check-never-fires.ts';
import { acts, withinReach } from './margin-reach.ts';
import type { Condition, ShortfallEvent } from './rule-set.ts';

/** Margin rules are asked about pools that are judged (`judged`), and do something for pools that have something to close. */
export const marginReach = (judged: readonly Condition[]): RuleReach<MarginEvent> => ({
  ruleKind: 'margin',
  within: (rule) => [...judged, withinReach(rule)],
  outside: (rule) => {
    const marks = judged.length === 0 ? '' : ', or for pools whose marks are too old to be judged';
    return acts(rule)
      ? `for pools without a position, or for insolvent pools, which close whole whatever the rules say${marks}`
      : `for insolvent pools, which close whole whatever the rules say${marks}`;
  },
});

/** A fall of the fund by more than its peak is that of an overdrawn fund, for which no rule is written. */
const WITHIN_PEAK: Condition = comparing('fundDrawdown', 'decimalAtMost', ONE);

export const HAS_RESIDUAL: Condition = comparing('residualQuantity', 'decimalGreaterThan', ZERO);
export const HAS_SHORTFALL: Condition = comparing('shortfall', 'decimalGreaterThan', ZERO);

const SUBJECT_OF: Readonly<Record<ShortfallEvent['type'], readonly Condition[]>> = {
  ABSORB: [HAS_SHORTFALL],
  DELEVERAGE: [HAS_RESIDUAL],
  SOCIALIZE: [HAS_RESIDUAL],
  HALT: [],
};

/** What an event of the shortfall rules needs to have anything to do. */
export const withinShortfall = ({ type }: ShortfallEvent): readonly Condition[] => SUBJECT_OF[type];

export const shortfallReach: RuleReach<ShortfallEvent> = {
  ruleKind: 'shortfall',
  within: ({ event }) => [WITHIN_PEAK, ...withinShortfall(event)],
  outside: ({ event }) => {
    if (event.type === 'ABSORB') return 'where there is no `shortfall` to pay, or for an overdrawn fund';
    return event.type === 'DELEVERAGE' || event.type === 'SOCIALIZE'
      ? 'where no `residualQuantity` is left, or for an overdrawn fund'
      : 'for an overdrawn fund';
  },
};
