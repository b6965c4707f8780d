import type { MarginMode } from '../account/pool.ts';
import type { DeleveragingPolicy } from '../policy.ts';
import { type SettlementPricePolicy, settlementPriceIn } from './settlement-price-policy.ts';

/** The deleveraging of a rule set as it applies to one residual: at one price. */
export interface AppliedDeleveraging extends DeleveragingPolicy {
  readonly settlementPrice: SettlementPricePolicy;
}

/** What a rule set says, for residuals of pools in that margin mode. */
export const appliedTo = (policy: DeleveragingPolicy, marginMode: MarginMode): AppliedDeleveraging => ({
  ...policy,
  settlementPrice: settlementPriceIn(policy.settlementPrice, marginMode),
});
