import { invariant, present } from '../invariant.ts';
import { type Decimal, larger, ZERO } from '../units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '../units/money.ts';
import type { GivenTier, TierForm } from './given-tier.ts';
import { type MarginPolicy, USUAL_MARGIN_POLICY } from './margin-policy.ts';

/** A tier with its amount settled: within it, maintenance margin is notional·rate − amount whatever the table's form. */
export interface MarginTier {
  readonly index: number;
  readonly notionalFloor: Money;
  readonly notionalCap: Money | null;
  readonly maintenanceMarginRate: Ratio;
  readonly maintenanceAmount: Money;
  readonly maximumLeverage: Ratio | null;
}

/** Tiers of one market, lowest first, without gaps. */
export interface TierTable {
  readonly form: TierForm;
  readonly tiers: readonly MarginTier[];
  /** Whether maintenance margin has no jump: no flat tiers, and amounts as derived. */
  readonly continuous: boolean;
  /** The highest rate of the table. */
  readonly maximumRate: Ratio;
  readonly policy: MarginPolicy;
}

/**
 * The amount that makes maintenance margin continuous at a tier's floor:
 * MA_n = floor_n·(MMR_n − MMR_{n−1}) + MA_{n−1}, MA_0 = 0. Settlement asset.
 * Source: Binance, "Leverage and Margin of COIN-M Futures Contracts", read 2026-11-22.
 */
const derivedAmount = (tier: GivenTier, below: MarginTier | undefined): Decimal =>
  below === undefined
    ? ZERO
    : tier.notionalFloor.times(tier.maintenanceMarginRate.minus(below.maintenanceMarginRate)).plus(below.maintenanceAmount);

const amountOf = (form: TierForm, tier: GivenTier, derived: Decimal): Decimal => {
  if (form === 'FLAT') return ZERO;
  return form === 'MARGINAL' ? derived : (tier.maintenanceAmount ?? derived);
};

/**
 * Settles the amounts of a table. DEDUCTION: as given, else derived. MARGINAL (each slice at its own rate): always the derived amount,
 * which is the same function. FLAT (the whole position at its tier's rate): zero, hence jumps at the floors.
 * Expects tiers without gaps, lowest first, and FLAT ones where they are measured in contracts (checked where they are read): an amount that makes up
 * for a rate would hold at one price only.
 */
export const tierTable = (form: TierForm, given: readonly GivenTier[], policy: MarginPolicy = USUAL_MARGIN_POLICY): TierTable => {
  invariant(given.length > 0, 'a tier table has at least one tier');
  invariant(form === 'FLAT' || policy.measuredIn === 'NOTIONAL', 'tiers by contracts are flat');
  const tiers: MarginTier[] = [];
  let continuous = form !== 'FLAT' || given.length === 1;
  let maximumRate: Decimal = ZERO;
  for (const [index, tier] of given.entries()) {
    const derived = derivedAmount(tier, tiers[index - 1]);
    const amount = amountOf(form, tier, derived);
    continuous = continuous && (index === 0 || amount.eq(derived));
    maximumRate = larger(maximumRate, tier.maintenanceMarginRate);
    tiers.push({
      index,
      notionalFloor: tier.notionalFloor,
      notionalCap: tier.notionalCap,
      maintenanceMarginRate: tier.maintenanceMarginRate,
      maintenanceAmount: money(amount),
      maximumLeverage: tier.maximumLeverage,
    });
  }
  return { form, tiers, continuous, maximumRate: ratio(maximumRate), policy };
};

const isWithin = ({ policy }: TierTable, measured: Decimal, cap: Decimal): boolean => {
  switch (policy.boundary) {
    case 'LOWER_TIER':
      return measured.lte(cap);
    case 'HIGHER_TIER':
      return measured.lt(cap);
  }
};

/**
 * The tier of what the table measures, a notional value or contracts: the lowest whose cap is not below it (LOWER_TIER) or is above it (HIGHER_TIER);
 * beyond a last cap the last.
 */
export const tierOf = (table: TierTable, measured: Decimal): MarginTier => {
  const found = table.tiers.find((tier) => tier.notionalCap === null || isWithin(table, measured, tier.notionalCap));
  return found ?? present(table.tiers.at(-1), 'a tier table has at least one tier');
};

/** MM = notional·MMR − MA in the given tier, exact, in the settlement asset. */
export const maintenanceMarginIn = (tier: MarginTier, notionalValue: Money): Money =>
  money(notionalValue.times(tier.maintenanceMarginRate).minus(tier.maintenanceAmount));
