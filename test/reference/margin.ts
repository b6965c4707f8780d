import { type Fraction, total, ZERO } from './fraction.ts';
import { maintenanceMarginOf, marginWithinTier, type ReferenceTierTable, tierIndexOf } from './tiers.ts';

export type ReferenceSide = 'LONG' | 'SHORT';

/** A market at one mark. */
export interface ReferenceMarket {
  readonly marketId: string;
  readonly contract: 'LINEAR' | 'INVERSE';
  /** Base units (LINEAR) or quote units (INVERSE) per contract. */
  readonly multiplier: Fraction;
  readonly markPrice: Fraction;
  readonly takerFeeRate: Fraction;
  readonly tickSize: Fraction;
  readonly lotSize: Fraction;
  readonly table: ReferenceTierTable;
}

export interface ReferencePosition {
  readonly market: ReferenceMarket;
  readonly side: ReferenceSide;
  /** Contracts, unsigned. */
  readonly quantity: Fraction;
  /** Value at entry [settlement asset], unsigned. */
  readonly entryValue: Fraction;
}

/** A cross pool or one isolated position; both sides of one market may be held. */
export interface ReferencePool {
  /** Wallet balance, or isolated margin [settlement asset]. */
  readonly collateral: Fraction;
  readonly positions: readonly ReferencePosition[];
}

/** +1 for LONG, −1 for SHORT, times the value. */
export const signed = (side: ReferenceSide, value: Fraction): Fraction => (side === 'LONG' ? value : value.negated());

/** Size in the units of the contract: quantity · multiplier. */
export const sizeOf = (position: ReferencePosition): Fraction => position.quantity.times(position.market.multiplier);

/** LINEAR: Q·P. INVERSE: Q/P, in the coin. */
export const notionalAt = (position: ReferencePosition, price: Fraction): Fraction =>
  position.market.contract === 'INVERSE' ? sizeOf(position).over(price) : sizeOf(position).times(price);

/** LINEAR: s·(Q·P − entryValue). INVERSE: s·(entryValue − Q/P), which is s·Q·(1/EP − 1/P). */
export const pnlAt = (position: ReferencePosition, price: Fraction): Fraction =>
  position.market.contract === 'INVERSE'
    ? signed(position.side, position.entryValue.minus(notionalAt(position, price)))
    : signed(position.side, notionalAt(position, price).minus(position.entryValue));

/** What a close at this value brings before fees, negative for what it costs: a LINEAR LONG is paid it, an INVERSE LONG pays it. */
export const broughtBy = (position: ReferencePosition, value: Fraction): Fraction =>
  position.market.contract === 'INVERSE' ? signed(position.side, value).negated() : signed(position.side, value);

/** Whether the tier of a position depends on the price. */
export const movesThroughTiers = ({ market }: ReferencePosition): boolean =>
  market.table.policy?.measuredIn !== 'CONTRACTS' && market.table.policy?.valuedAt !== 'ENTRY';

/** What the rate applies to at a price of the market: the value there, or the value at entry. */
const marginedAt = (position: ReferencePosition, price: Fraction): Fraction =>
  position.market.table.policy?.valuedAt === 'ENTRY' ? position.entryValue : notionalAt(position, price);

/** The tier of a position at a price of its market, by contracts or by value. */
export const tierIndexAt = (position: ReferencePosition, price: Fraction): number => {
  const { table } = position.market;
  return tierIndexOf(table, table.policy?.measuredIn === 'CONTRACTS' ? position.quantity : marginedAt(position, price));
};

/** Margin that the tiers ask for at a price, if tier `index` applied; without the fee. */
export const marginInTierAt = (position: ReferencePosition, index: number, price: Fraction): Fraction =>
  marginWithinTier(position.market.table, index, marginedAt(position, price));

const tierMarginAt = (position: ReferencePosition, price: Fraction): Fraction =>
  position.market.table.policy?.measuredIn === 'CONTRACTS'
    ? marginInTierAt(position, tierIndexAt(position, price), price)
    : maintenanceMarginOf(position.market.table, marginedAt(position, price));

/** Taker fee that is required for closing the position at a price, notional · f, wherever it is counted. */
export const requiredFeeAt = (position: ReferencePosition, price: Fraction): Fraction =>
  position.market.table.policy?.closingFee === 'NONE' ? ZERO : notionalAt(position, price).times(position.market.takerFeeRate);

const isFeeInside = (position: ReferencePosition): boolean => position.market.table.policy?.closingFee === 'IN_MAINTENANCE';

/** Maintenance margin of one position at a price of its market. */
export const marginAt = (position: ReferencePosition, price: Fraction): Fraction => {
  const ofTiers = tierMarginAt(position, price);
  return isFeeInside(position) ? ofTiers.plus(requiredFeeAt(position, price)) : ofTiers;
};

/** Taker fee that is required beside the maintenance margin. */
export const closingFeeAt = (position: ReferencePosition, price: Fraction): Fraction =>
  isFeeInside(position) ? ZERO : requiredFeeAt(position, price);

/** What one position adds to the pool's margin excess at a price: PnL − maintenance margin − closing fee. */
export const excessOf = (position: ReferencePosition, price: Fraction): Fraction =>
  pnlAt(position, price).minus(marginAt(position, price)).minus(closingFeeAt(position, price));

export interface ReferencePositionValues {
  readonly notionalValue: Fraction;
  readonly unrealizedPnl: Fraction;
  readonly maintenanceMargin: Fraction;
  readonly closingFee: Fraction;
  readonly tierIndex: number;
}

export interface ReferenceAssessment {
  readonly marginBalance: Fraction;
  readonly maintenanceMargin: Fraction;
  readonly closingFee: Fraction;
  readonly notionalValue: Fraction;
  readonly marginExcess: Fraction;
  /** null at or below a zero margin balance; 0 without positions. */
  readonly marginRatio: Fraction | null;
  readonly positions: readonly ReferencePositionValues[];
}

const valuesOf = (position: ReferencePosition): ReferencePositionValues => {
  const { markPrice } = position.market;
  const notionalValue = notionalAt(position, markPrice);
  return {
    notionalValue,
    unrealizedPnl: pnlAt(position, markPrice),
    maintenanceMargin: marginAt(position, markPrice),
    closingFee: closingFeeAt(position, markPrice),
    tierIndex: tierIndexAt(position, markPrice),
  };
};

/**
 * Assesses a pool at the marks of its markets.
 *
 * marginBalance = collateral + Σ unrealizedPnl; marginExcess = marginBalance − Σ maintenanceMargin − Σ notional·f;
 * marginRatio = (Σ maintenanceMargin + Σ notional·f) / marginBalance; each part as the table's policy reads it.
 */
export const assess = (pool: ReferencePool): ReferenceAssessment => {
  const positions = pool.positions.map(valuesOf);
  const marginBalance = pool.collateral.plus(total(positions.map((position) => position.unrealizedPnl)));
  const maintenanceMargin = total(positions.map((position) => position.maintenanceMargin));
  const closingFee = total(positions.map((position) => position.closingFee));
  const required = maintenanceMargin.plus(closingFee);
  return {
    marginBalance,
    maintenanceMargin,
    closingFee,
    notionalValue: total(positions.map((position) => position.notionalValue)),
    marginExcess: marginBalance.minus(required),
    marginRatio: marginRatioOf(positions.length, required, marginBalance),
    positions,
  };
};

const marginRatioOf = (positionCount: number, required: Fraction, marginBalance: Fraction): Fraction | null => {
  if (positionCount === 0) return ZERO;
  return marginBalance.sign() > 0 ? required.over(marginBalance) : null;
};
