import type { Position } from '../account/position.ts';
import type { MarketTerms } from '../market/contract.ts';
import { initialMargin } from '../market/initial-margin.ts';
import { type MarginTier, maintenanceMarginIn, type TierTable, tierOf } from '../market/margin-tiers.ts';
import type { MarkedMarket } from '../market/marked-market.ts';
import { valueAt } from '../market/valuation.ts';
import { type Decimal, ZERO } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';

/** What a position has to have, by its tier. */
export interface PositionMargin {
  readonly tier: MarginTier;
  readonly maintenanceMargin: Money;
  /** What is required beside the maintenance margin for closing at the mark. */
  readonly closingFee: Money;
}

/** What the rate of a position's tier applies to: its value at the mark or at its entry. Settlement asset. */
export const marginedValue = ({ policy }: TierTable, position: Position, notionalValue: Money): Money => {
  switch (policy.valuedAt) {
    case 'MARK':
      return notionalValue;
    case 'ENTRY':
      return position.entryValue;
  }
};

/** What a position's tier is told by: the margined value, or the contracts. */
export const measuredSize = (table: TierTable, position: Position, notionalValue: Money): Decimal => {
  switch (table.policy.measuredIn) {
    case 'NOTIONAL':
      return marginedValue(table, position, notionalValue);
    case 'CONTRACTS':
      return position.quantity;
  }
};

/** f where the taker fee of closing at the mark is required, wherever it is counted; zero where it is not. */
export const requiredFeeRate = ({ tierTable, takerFeeRate }: MarketTerms): Decimal => {
  switch (tierTable.policy.closingFee) {
    case 'BESIDE_MAINTENANCE':
    case 'IN_MAINTENANCE':
      return takerFeeRate;
    case 'NONE':
      return ZERO;
  }
};

/**
 * Maintenance margin and closing fee of a position worth `notionalValue` at the mark, under the policy of its market's table.
 *
 * MM = V·MMR − MA, V the value at the mark (`valuedAt` MARK) or at the entry (ENTRY), MMR and MA of the tier that V is in (`measuredIn` NOTIONAL) or the
 * contracts are (CONTRACTS: the whole position at the rate of its size). Closing fee notional·f at the mark whatever the basis: beside MM
 * (BESIDE_MAINTENANCE), MM + notional·f in one amount (IN_MAINTENANCE), or not required (NONE). The sum is what a breach is measured by. Exact, settlement
 * asset. Sources: `MarginPolicy`. What Bybit's older contracts require for the fee, its amount at the bankruptcy price, is no policy: in a cross pool it
 * depends on every mark.
 */
export const positionMargin = ({ terms }: MarkedMarket, position: Position, notionalValue: Money): PositionMargin => {
  const { tierTable } = terms;
  const tier = tierOf(tierTable, measuredSize(tierTable, position, notionalValue));
  const maintenanceMargin = maintenanceMarginIn(tier, marginedValue(tierTable, position, notionalValue));
  const fee = money(notionalValue.times(requiredFeeRate(terms)));
  return tierTable.policy.closingFee === 'IN_MAINTENANCE'
    ? { tier, maintenanceMargin: money(maintenanceMargin.plus(fee)), closingFee: money(ZERO) }
    : { tier, maintenanceMargin, closingFee: fee };
};

/**
 * Initial margin of a position: of its margined value, by the leverage of its tier and the market's open interest at the mark (see `initialMargin`).
 * Settlement asset, 64 digits; null where it cannot be told.
 */
export const positionInitialMargin = ({
  market: { terms, markPrice, openInterest },
  position,
  notionalValue,
  tier,
}: {
  readonly market: MarkedMarket;
  readonly position: Position;
  readonly notionalValue: Money;
  readonly tier: MarginTier;
}): Money | null => {
  const interest = openInterest === undefined ? null : valueAt(terms, openInterest, markPrice);
  return initialMargin(terms.tierTable, tier, marginedValue(terms.tierTable, position, notionalValue), interest);
};
