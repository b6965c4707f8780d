import { USUAL_FUND_TERMS } from '#core/insurance/fund-policy.ts';
import type { DeleveragingTrigger, FundPolicy, MarginEvent, SafeguardPolicy } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { type Money, money, ratio } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import type { FactName } from '#rule-sets/facts.ts';
import type { OperatorName } from '#rule-sets/operators.ts';
import type { Condition, RuleSet, ShortfallEvent } from '#rule-sets/rule-set.ts';
import { shippedRuleSet } from '../rule-sets/shipped-files.ts';

/** `house-guarded`, whose safeguards the tests set to a small venue's size, and `house`, where all of them are off. */
export const GUARDED = shippedRuleSet('house-guarded');
export const HOUSE = shippedRuleSet('house');

const SECOND_MS = 1000;

export const seconds = (count: number) => durationMs(count * SECOND_MS);

/** The rule set with some of its safeguards set otherwise. */
export const withSafeguards = (law: RuleSet, changes: Partial<SafeguardPolicy>): RuleSet => ({
  ...law,
  safeguards: { ...law.safeguards, ...changes },
});

/** Limits of a fund in plain text; what is not named is off. */
export interface FundLimits {
  readonly floor?: string;
  readonly drawCapPerMarket?: string;
  readonly drawCapPerInterval?: string;
  /** Trigger 30 %, release 25 %, for a peak above 100. */
  readonly drawdown?: 'AT_LEAST' | 'GREATER_THAN';
}

const capOf = (text: string | undefined): Money | null => (text === undefined ? null : money(decimal(text)));

export const fundPolicy = (limits: FundLimits): FundPolicy => ({
  ...USUAL_FUND_TERMS,
  fundId: 'usdt',
  asset: 'USDT',
  markets: ['*'],
  floor: money(decimal(limits.floor ?? '0')),
  drawCapPerMarket: capOf(limits.drawCapPerMarket),
  drawCapPerInterval: capOf(limits.drawCapPerInterval),
  interval: seconds(3600),
  drawdown:
    limits.drawdown === undefined
      ? null
      : {
          measure: 'FUND_BALANCE',
          window: seconds(8 * 3600),
          trigger: ratio(decimal('0.3')),
          release: ratio(decimal('0.25')),
          operator: limits.drawdown,
          minimumBalance: money(decimal('100')),
        },
});

/** The rule set with one fund of these limits for every market. */
export const withFund = (law: RuleSet, limits: FundLimits): RuleSet => ({ ...law, funds: [fundPolicy(limits)] });

export const withTrigger = (law: RuleSet, deleveragingTrigger: DeleveragingTrigger): RuleSet => ({
  ...law,
  shortfall: { ...law.shortfall, deleveragingTrigger },
});

/** The margin rules cut down to one: what happens below the maintenance margin. */
export const withMarginEvent = (law: RuleSet, event: MarginEvent): RuleSet => ({
  ...law,
  margin: {
    ...law.margin,
    rules: [{ name: 'below-maintenance', priority: 10, conditions: leaf('marginExcess', 'decimalLessThan', '0'), event }],
  },
});

/** One more shortfall rule, asked first. */
export const withShortfallRule = (law: RuleSet, conditions: Condition, event: ShortfallEvent): RuleSet => ({
  ...law,
  shortfall: { ...law.shortfall, rules: [{ name: 'first', priority: 99, conditions, event }, ...law.shortfall.rules] },
});

export const leaf = (fact: FactName, operator: OperatorName, value: string): Condition => ({
  fact,
  operator,
  value,
  threshold: decimal(value),
});
