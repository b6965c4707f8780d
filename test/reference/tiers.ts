import { type Fraction, greatest, least, total, ZERO } from './fraction.ts';

/** One tier of a table: notional bounds and amount in the settlement asset. */
export interface ReferenceTier {
  readonly notionalFloor: Fraction;
  /** null: no cap. */
  readonly notionalCap: Fraction | null;
  readonly maintenanceMarginRate: Fraction;
  /** null: derived from the tiers below. */
  readonly maintenanceAmount: Fraction | null;
  /** None where it is not said. */
  readonly maximumLeverage?: Fraction | null;
}

/** How a table is read, each choice with what holds where it is missing. */
export interface ReferenceMarginPolicy {
  /** LOWER_TIER. */
  readonly boundary?: 'LOWER_TIER' | 'HIGHER_TIER';
  /** NOTIONAL. */
  readonly measuredIn?: 'NOTIONAL' | 'CONTRACTS';
  /** MARK. */
  readonly valuedAt?: 'MARK' | 'ENTRY';
  /** BESIDE_MAINTENANCE. */
  readonly closingFee?: 'BESIDE_MAINTENANCE' | 'IN_MAINTENANCE' | 'NONE';
}

export interface ReferenceTierTable {
  readonly form: 'DEDUCTION' | 'MARGINAL' | 'FLAT';
  readonly tiers: readonly ReferenceTier[];
  readonly policy?: ReferenceMarginPolicy;
}

export const tierAt = (table: ReferenceTierTable, index: number): ReferenceTier => {
  const tier = table.tiers[index];
  if (tier === undefined) throw new RangeError(`there is no tier \`${index}\``);
  return tier;
};

/** How many caps the size has passed, or also reached where a boundary belongs to the higher tier; at most the last tier. Lowest is 0. */
export const tierIndexOf = (table: ReferenceTierTable, size: Fraction): number => {
  const isPassed = (cap: Fraction | null): boolean =>
    cap !== null && (size.isAbove(cap) || (table.policy?.boundary === 'HIGHER_TIER' && size.equals(cap)));
  return Math.min(table.tiers.filter((tier) => isPassed(tier.notionalCap)).length, table.tiers.length - 1);
};

/**
 * The maintenance amount of a tier: as given, else amount_n = floor_n·(rate_n − rate_(n−1)) + amount_(n−1) with amount_0 = 0.
 * Source: the coin-margined futures bracket table of Binance, which prints both the amounts and this rule.
 */
const amountOf = (table: ReferenceTierTable, index: number): Fraction => {
  const tier = tierAt(table, index);
  if (tier.maintenanceAmount !== null) return tier.maintenanceAmount;
  if (index === 0) return ZERO;
  const rateStep = tier.maintenanceMarginRate.minus(tierAt(table, index - 1).maintenanceMarginRate);
  return tier.notionalFloor.times(rateStep).plus(amountOf(table, index - 1));
};

/** Maintenance margin if tier `index` applied to the whole notional, whatever its bounds say: one straight line per tier. */
export const marginWithinTier = (table: ReferenceTierTable, index: number, notional: Fraction): Fraction => {
  const atFullRate = notional.times(tierAt(table, index).maintenanceMarginRate);
  switch (table.form) {
    case 'DEDUCTION':
      return atFullRate.minus(amountOf(table, index));
    case 'FLAT':
      return atFullRate;
    case 'MARGINAL':
      return total(
        table.tiers.slice(0, index + 1).map((tier, at) => {
          const upperEnd = at === index ? notional : (tier.notionalCap ?? notional);
          return upperEnd.minus(tier.notionalFloor).times(tier.maintenanceMarginRate);
        }),
      );
  }
};

/** Σ over tiers of (the part of the notional that lies in the tier) · rate: the income-tax reading, word for word. The last tier has no end. */
const marginBySlices = (table: ReferenceTierTable, notional: Fraction): Fraction =>
  total(
    table.tiers.map((tier, index) => {
      const isLast = index === table.tiers.length - 1;
      const upperEnd = isLast || tier.notionalCap === null ? notional : least(notional, tier.notionalCap);
      return greatest(ZERO, upperEnd.minus(tier.notionalFloor)).times(tier.maintenanceMarginRate);
    }),
  );

/**
 * Maintenance margin of one position [settlement asset].
 *
 * DEDUCTION: notional·rate − amount of its tier. MARGINAL: Σ slice·rate. FLAT: notional·rate of its tier, jumping at each boundary.
 */
export const maintenanceMarginOf = (table: ReferenceTierTable, notional: Fraction): Fraction =>
  table.form === 'MARGINAL' ? marginBySlices(table, notional) : marginWithinTier(table, tierIndexOf(table, notional), notional);
