import type { Money, Ratio } from '../units/money.ts';

/** How a tier table turns into maintenance margin. The form is stated once per table; mixtures are refused. */
export type TierForm = 'DEDUCTION' | 'MARGINAL' | 'FLAT';

/** One tier as a book or a rule set gives it. Notional bounds and amounts in the settlement asset; the cap belongs to this tier, the floor to the one below. */
export interface GivenTier {
  readonly notionalFloor: Money;
  /** null: no cap. Beyond a last cap the last tier goes on. */
  readonly notionalCap: Money | null;
  readonly maintenanceMarginRate: Ratio;
  /** null: derived from the tiers below. */
  readonly maintenanceAmount: Money | null;
  readonly maximumLeverage: Ratio | null;
}
