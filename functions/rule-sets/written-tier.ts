import type { GivenTier } from '#core/market/given-tier.ts';
import { linkedMaintenanceRate } from '#core/market/initial-margin.ts';
import type { Ratio } from '#core/units/money.ts';

/** A tier as a file writes it, whose rate may be left to its maximum leverage. */
export interface WrittenTier extends Omit<GivenTier, 'maintenanceMarginRate'> {
  readonly maintenanceMarginRate: Ratio | null;
}

/** What a tier lacks for a rate: the rate itself, or the leverage that it is derived from. */
export type MissingForRate = 'maintenanceMarginRate' | 'maximumLeverage';

/** The tier with its rate: as written, else fraction / maximum leverage (see `linkedMaintenanceRate`). */
export const withRate = (tier: WrittenTier, fraction: Ratio | null): GivenTier | MissingForRate => {
  const { maintenanceMarginRate: written, maximumLeverage } = tier;
  if (written !== null) return { ...tier, maintenanceMarginRate: written };
  if (fraction === null) return 'maintenanceMarginRate';
  return maximumLeverage === null
    ? 'maximumLeverage'
    : { ...tier, maintenanceMarginRate: linkedMaintenanceRate(fraction, maximumLeverage) };
};
