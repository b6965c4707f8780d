import type { MarginEvent } from '#core/policy.ts';
import { decimal } from '#core/units/decimal.ts';
import { money, ratio } from '#core/units/money.ts';
import { durationMs } from '#core/units/time.ts';
import type { RuleSet } from '#rule-sets/rule-set.ts';

/** Reductions in few words, and a rule set with another execution. */

export const firstPart = (notionalAbove: string, meanwhile: 'CLOSE_ALL' | 'WAIT'): MarginEvent => ({
  type: 'REDUCE_BY_FRACTION',
  fraction: ratio(decimal('0.2')),
  cooldown: { notionalAbove: money(decimal(notionalAbove)), length: durationMs(30_000), meanwhile },
});

export const fractionOf = (fraction: string): MarginEvent => ({
  type: 'REDUCE_BY_FRACTION',
  fraction: ratio(decimal(fraction)),
  cooldown: null,
});

export const portionOf = (fraction: string, maximumNotional: string): MarginEvent => ({
  type: 'REDUCE_BY_PORTION',
  fraction: ratio(decimal(fraction)),
  minimumNotional: money(decimal('0')),
  maximumNotional: money(decimal(maximumNotional)),
  interval: durationMs(60_000),
});

export const toRecovery: MarginEvent = {
  type: 'REDUCE_TO_RECOVERY',
  minimumShortage: money(decimal('0')),
  minimumNotional: money(decimal('0')),
};

export const equally: MarginEvent = {
  type: 'REDUCE_EQUALLY',
  shares: ['0.2', '0.4', '0.6', '0.8', '1'].map((share) => ratio(decimal(share))),
  marginRatioBelow: ratio(decimal('0.9')),
};

export const withExecution = (law: RuleSet, changes: Partial<RuleSet['margin']['execution']>): RuleSet => ({
  ...law,
  margin: { ...law.margin, execution: { ...law.margin.execution, ...changes } },
});

/** A pool has recovered with twice its maintenance margin. */
export const DOUBLE_BUFFER = {
  recovery: 'BUFFER',
  recoveryBuffer: { of: 'MAINTENANCE_MARGIN', ratio: ratio(decimal('1')) },
} as const;
