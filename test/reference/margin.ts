import { type Fraction, total, ZERO } from './fraction.ts';
import { maintenanceMarginOf, type ReferenceTierTable, tierIndexOf } from './tiers.ts';

export type ReferenceSide = 'LONG' | 'SHORT';

/** A linear market at one mark. */
export interface ReferenceMarket {
  readonly marketId: string;
  /** Base units per contract. */
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

/** Size in base units: quantity · multiplier. */
export const baseSizeOf = (position: ReferencePosition): Fraction => position.quantity.times(position.market.multiplier);

export const notionalAt = (position: ReferencePosition, price: Fraction): Fraction => baseSizeOf(position).times(price);

/** s·(notional − entryValue). */
export const pnlAt = (position: ReferencePosition, price: Fraction): Fraction =>
  signed(position.side, notionalAt(position, price).minus(position.entryValue));

/** Maintenance margin of one position at a price of its market. */
export const marginAt = (position: ReferencePosition, price: Fraction): Fraction =>
  maintenanceMarginOf(position.market.table, notionalAt(position, price));

/** Taker fee for closing the position at a price: notional · f. */
export const closingFeeAt = (position: ReferencePosition, price: Fraction): Fraction =>
  notionalAt(position, price).times(position.market.takerFeeRate);

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
  const { markPrice, table } = position.market;
  const notionalValue = notionalAt(position, markPrice);
  return {
    notionalValue,
    unrealizedPnl: pnlAt(position, markPrice),
    maintenanceMargin: marginAt(position, markPrice),
    closingFee: closingFeeAt(position, markPrice),
    tierIndex: tierIndexOf(table, notionalValue),
  };
};

/**
 * Assesses a pool at the marks of its markets.
 *
 * marginBalance = collateral + Σ unrealizedPnl; marginExcess = marginBalance − Σ maintenanceMargin − Σ notional·f;
 * marginRatio = (Σ maintenanceMargin + Σ notional·f) / marginBalance.
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
