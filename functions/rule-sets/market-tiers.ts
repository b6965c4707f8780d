import type { GivenTier, TierForm } from '#core/market/given-tier.ts';
import type { MarginPolicy } from '#core/market/margin-policy.ts';
import { type TierTable, tierTable } from '#core/market/margin-tiers.ts';
import type { TierTables } from './rule-set.ts';

/** How a rule set has the tiers of a market read. */
const marginPolicyOf = (
  { boundary, measuredIn, valuedAt, closingFee, openInterestScales }: TierTables,
  marketId: string,
): MarginPolicy => ({
  boundary,
  measuredIn,
  valuedAt,
  closingFee,
  openInterestScale: openInterestScales.get(marketId) ?? openInterestScales.get('*') ?? null,
});

/** The table of a market under a rule set: its own, else the one of `*`; null where there is neither. */
export const marketTiers = (tables: TierTables, marketId: string): TierTable | null => {
  const given = tables.markets.get(marketId) ?? tables.markets.get('*');
  return given === undefined ? null : tierTable(tables.form, given, marginPolicyOf(tables, marketId));
};

/**
 * A table that a book brings along, read as the rule set says. Its floors and caps are notional values whatever the rule set measures in, because that is
 * what a book calls them.
 */
export const bookTiers = (tables: TierTables, marketId: string, form: TierForm, given: readonly GivenTier[]): TierTable =>
  tierTable(form, given, { ...marginPolicyOf(tables, marketId), measuredIn: 'NOTIONAL' });
