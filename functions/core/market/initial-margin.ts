import { Decimal, larger, ONE, smaller, ZERO } from '../units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '../units/money.ts';
import type { OpenInterestScale } from './margin-policy.ts';
import type { MarginTier, TierTable } from './margin-tiers.ts';

/** Places of a rate that is derived from a leverage: those that a rule file may write. */
const RATE_PLACES = 12;

/**
 * Maintenance margin rate as a fraction of the initial margin: MMR = φ / L, up to the 12th place, so that the holder bears less than 1e-12 of the notional
 * value and the rate has an end (1/6 has none). φ fraction, 0 < φ < 1; L maximum leverage; a ratio.
 * Source: Hyperliquid, half of the initial margin at maximum leverage, 1 % at 50 and 16.7 % at 3 times; Paradex, 50 % of it; read 2026-11-22.
 */
export const linkedMaintenanceRate = (fraction: Ratio, maximumLeverage: Ratio): Ratio =>
  ratio(fraction.div(maximumLeverage).toDecimalPlaces(RATE_PLACES, Decimal.ROUND_CEIL));

/**
 * Initial margin rate that grows with the open interest of the market: min(base + max(0, (OI − lower)/(upper − lower))·(1 − base), 1).
 * OI, lower, upper in the settlement asset; 64 digits. Maintenance margin does not grow with it.
 * Source: dYdX v4, liquidity_tier.go, read 2026-11-22 (there lower = upper = 0 switches it off: here a scale of null).
 */
export const scaledInitialRate = (base: Ratio, { lower, upper }: OpenInterestScale, openInterest: Money): Ratio => {
  const part = larger(ZERO, openInterest.minus(lower).div(upper.minus(lower)));
  return ratio(smaller(base.plus(part.times(ONE.minus(base))), ONE));
};

/**
 * Initial margin of a position of a value in a tier: IM = V / L, or V·rate where open interest scales it. Settlement asset, 64 digits.
 * null where the table states no leverage, and where it is scaled by an open interest that nobody told: what is unknown is not guessed to be none.
 */
export const initialMargin = (
  { policy }: TierTable,
  { maximumLeverage }: MarginTier,
  value: Money,
  openInterest: Money | null,
): Money | null => {
  if (maximumLeverage === null) return null;
  if (policy.openInterestScale === null) return money(value.div(maximumLeverage));
  if (openInterest === null) return null;
  // A leverage below 1 asks for more than the whole value, which open interest does not lessen.
  const base = ratio(ONE.div(maximumLeverage));
  return money(value.times(base.gte(ONE) ? base : scaledInitialRate(base, policy.openInterestScale, openInterest)));
};
