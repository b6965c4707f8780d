import { type MarginTier, maintenanceMarginIn, type TierTable } from '../market/margin-tiers.ts';
import { ZERO } from '../units/decimal.ts';
import { money, type Ratio, ratio } from '../units/money.ts';
import type { PositionAssessment } from './assess-margin.ts';
import { marginedValue } from './position-margin.ts';

/** The tiers that a leg passes through as its mark moves, and the one that it is in. */
export interface LegTiers {
  readonly tierTable: TierTable;
  readonly tierIndex: number;
}

const onlyTier = (table: TierTable, tier: MarginTier, maximumRate: Ratio): LegTiers => ({
  tierTable: { ...table, tiers: [{ ...tier, index: 0, notionalFloor: money(ZERO), notionalCap: null }], continuous: true, maximumRate },
  tierIndex: 0,
});

/**
 * The table that tells a leg's maintenance margin at any mark, as notional·rate − amount by notional value at the mark.
 *
 * Tiers by notional value at the mark: the table itself. By contracts: the leg's own tier without end, since no mark changes its size. Valued at the
 * entry: no rate and the amount −MM, since no mark changes its margin.
 */
export const legTiers = ({ position, market, notionalValue, tier }: PositionAssessment): LegTiers => {
  const { tierTable } = market.terms;
  const { measuredIn, valuedAt } = tierTable.policy;
  if (valuedAt === 'ENTRY') {
    const standing = maintenanceMarginIn(tier, marginedValue(tierTable, position, notionalValue));
    const rate = ratio(ZERO);
    return onlyTier(tierTable, { ...tier, maintenanceMarginRate: rate, maintenanceAmount: money(standing.negated()) }, rate);
  }
  return measuredIn === 'CONTRACTS' ? onlyTier(tierTable, tier, tier.maintenanceMarginRate) : { tierTable, tierIndex: tier.index };
};
