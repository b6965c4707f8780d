import { z } from 'zod';
import type { GivenTier } from '#core/market/given-tier.ts';
import { closed, moneyNotNegative, moneyPositive, ratioBelowOne, ratioPositive } from './schema-primitives.ts';

/** Most tiers of one table. */
const TIERS_MAX = 200;

/** Form of a tier table: DEDUCTION notional·rate − amount, MARGINAL each slice at its own rate, FLAT the whole notional at its tier's rate. */
export const tierFormSchema = z.enum(['DEDUCTION', 'MARGINAL', 'FLAT']);

/** One tier as books and rule sets write it. Amounts in the settlement asset. */
export const tierSchema = closed({
  notionalFloor: moneyNotNegative.describe(
    'Notional value above which the tier applies; the floor itself belongs to the tier below. Settlement asset.',
  ),
  notionalCap: moneyPositive.nullable().describe('Highest notional value of the tier; null for no cap. Settlement asset.'),
  maintenanceMarginRate: ratioBelowOne.describe('Maintenance margin rate. Ratio.'),
  maintenanceAmount: moneyNotNegative
    .nullish()
    .describe('Deducted from notional · rate; derived from the tiers below when absent. Settlement asset.'),
  maximumLeverage: ratioPositive.nullish().describe('Highest leverage at which a position of this size may be opened.'),
}).transform(
  (tier): GivenTier => ({
    notionalFloor: tier.notionalFloor,
    notionalCap: tier.notionalCap,
    maintenanceMarginRate: tier.maintenanceMarginRate,
    maintenanceAmount: tier.maintenanceAmount ?? null,
    maximumLeverage: tier.maximumLeverage ?? null,
  }),
);

export const tierTableSchema = z.array(tierSchema).min(1).max(TIERS_MAX);
