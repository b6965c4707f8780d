import type { MarketTerms } from '#core/market/contract.ts';
import type { MarginPolicy, OpenInterestScale } from '#core/market/margin-policy.ts';
import type { MarginTier, TierTable } from '#core/market/margin-tiers.ts';
import { type Attribute, count, flag, oneOf } from './attribute.ts';
import { list, type Members, nullable, structure } from './composite-attribute.ts';
import { decimalNumber, moneyNumber, priceNumber, quantityNumber, ratioNumber } from './decimal-attribute.ts';
import { id } from './key-attributes.ts';

const tier: Attribute<MarginTier> = structure<MarginTier>({
  index: count,
  notionalFloor: moneyNumber,
  notionalCap: nullable(moneyNumber),
  maintenanceMarginRate: ratioNumber,
  maintenanceAmount: moneyNumber,
  maximumLeverage: nullable(ratioNumber),
});

export const openInterestScale: Attribute<OpenInterestScale> = structure({ lower: moneyNumber, upper: moneyNumber });

/** How a venue reads its tier tables. */
export const marginPolicyMembers: Members<MarginPolicy> = {
  boundary: oneOf('LOWER_TIER', 'HIGHER_TIER'),
  measuredIn: oneOf('NOTIONAL', 'CONTRACTS'),
  valuedAt: oneOf('MARK', 'ENTRY'),
  closingFee: oneOf('BESIDE_MAINTENANCE', 'IN_MAINTENANCE', 'NONE'),
  openInterestScale: nullable(openInterestScale),
};

const tierTable: Attribute<TierTable> = structure<TierTable>({
  form: oneOf('DEDUCTION', 'MARGINAL', 'FLAT'),
  tiers: list(tier),
  continuous: flag,
  maximumRate: ratioNumber,
  policy: structure(marginPolicyMembers),
});

/** Terms of a market with its tiers as they were settled. */
export const termsAttribute: Attribute<MarketTerms> = structure<MarketTerms>({
  marketId: id,
  contract: oneOf('LINEAR', 'INVERSE'),
  multiplier: decimalNumber,
  settlementAsset: id,
  tickSize: priceNumber,
  lotSize: quantityNumber,
  takerFeeRate: ratioNumber,
  tierTable,
});
