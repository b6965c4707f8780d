import type { CooldownPolicy, ReductionEvent } from '#core/liquidation/reduction-policy.ts';
import { count, oneOf } from './attribute.ts';
import { list, type Members, nullable, structure } from './composite-attribute.ts';
import { durationNumber, moneyNumber, ratioNumber } from './decimal-attribute.ts';

const cooldown = structure<CooldownPolicy>({
  notionalAbove: moneyNumber,
  length: durationNumber,
  meanwhile: oneOf('CLOSE_ALL', 'WAIT'),
});

type ReductionMembers = {
  readonly [Type in ReductionEvent['type']]: Members<Omit<Extract<ReductionEvent, { readonly type: Type }>, 'type'>>;
};

/** Members of each reduction, by its type. */
export const REDUCTION_MEMBERS: ReductionMembers = {
  REDUCE_TO_TIER: { tiers: count },
  REDUCE_BY_FRACTION: { fraction: ratioNumber, cooldown: nullable(cooldown) },
  REDUCE_EQUALLY: { shares: list(ratioNumber), marginRatioBelow: ratioNumber },
  REDUCE_BY_PORTION: { fraction: ratioNumber, minimumNotional: moneyNumber, maximumNotional: moneyNumber, interval: durationNumber },
  REDUCE_TO_RECOVERY: { minimumShortage: moneyNumber, minimumNotional: moneyNumber },
};
