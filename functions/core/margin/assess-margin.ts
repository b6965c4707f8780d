import type { Pool } from '../account/pool.ts';
import type { Position } from '../account/position.ts';
import type { MarkedMarket, MarkedMarkets } from '../market/marked-market.ts';
import { unrealizedPnl, valueAt, valueSign } from '../market/valuation.ts';
import { ok, type Result, refused } from '../result.ts';
import { type Decimal, sum } from '../units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '../units/money.ts';
import { snappedToZero } from '../units/rounding.ts';
import { type PositionMargin, positionMargin } from './position-margin.ts';

export interface PositionAssessment extends PositionMargin {
  readonly position: Position;
  readonly market: MarkedMarket;
  readonly notionalValue: Money;
  readonly unrealizedPnl: Money;
}

export interface MarginAssessment {
  readonly pool: Pool;
  readonly marginBalance: Money;
  readonly maintenanceMargin: Money;
  /** Σ closing fees: what is required beside the maintenance margin for closing everything at the mark. */
  readonly closingFee: Money;
  readonly marginExcess: Money;
  /** null where the margin balance is not positive and there are positions. */
  readonly marginRatio: Ratio | null;
  readonly notionalValue: Money;
  readonly positions: readonly PositionAssessment[];
  /** Positions open and nothing left to carry them: liquidatable whatever the rules say. */
  readonly insolvent: boolean;
}

export interface MissingMark {
  readonly kind: 'MISSING_MARK';
  readonly marketId: string;
}

export const assessPosition = (position: Position, market: MarkedMarket): PositionAssessment => {
  const notionalValue = valueAt(market.terms, position.quantity, market.markPrice);
  return {
    position,
    market,
    notionalValue,
    unrealizedPnl: unrealizedPnl(market.terms.contract, position, notionalValue),
    ...positionMargin(market, position, notionalValue),
  };
};

/** Whether the amounts are exact: no position is valued by a quotient. */
export const isExact = ({ positions }: Pick<MarginAssessment, 'positions'>): boolean =>
  positions.every((each) => each.market.terms.contract === 'LINEAR');

/** v·V_mark: what the position's value adds to the margin balance at the mark. */
export const signedNotional = ({ market, position, notionalValue }: PositionAssessment): Decimal =>
  valueSign(market.terms.contract, position.side).times(notionalValue);

/** v·V_entry: what the position's value took out of the balance when it was opened. */
export const signedEntryValue = ({ market, position }: PositionAssessment): Decimal =>
  valueSign(market.terms.contract, position.side).times(position.entryValue);

const marginRatioOf = (requirement: Money, marginBalance: Money, positionCount: number): Ratio | null => {
  if (positionCount === 0) return ratio(requirement);
  return marginBalance.gt(0) ? ratio(requirement.div(marginBalance)) : null;
};

/**
 * Values a pool at the given marks.
 *
 * marginBalance = balance + Σ UPnL; maintenanceMargin = Σ (notional·MMR − MA); marginExcess = marginBalance − maintenanceMargin − Σ notional·f;
 * marginRatio = (maintenanceMargin + Σ notional·f) / marginBalance (64 digits), null at or below zero balance; no position: ratio 0.
 * Both parts of the requirement as each market's policy says (see `positionMargin`).
 * Money in the pool's settlement asset; exact for LINEAR positions, 64 digits where an INVERSE one is among them, and zero within 1e-40. f is the market's
 * taker fee rate.
 * Refuses (`MISSING_MARK`) when a leg's market has no mark: a pool that cannot be valued is never called safe.
 */
export const assessMargin = (pool: Pool, markets: MarkedMarkets): Result<MarginAssessment, MissingMark> => {
  const positions: PositionAssessment[] = [];
  for (const position of pool.positions) {
    const market = markets.get(position.marketId);
    if (market === undefined) return refused({ kind: 'MISSING_MARK', marketId: position.marketId });
    positions.push(assessPosition(position, market));
  }
  const marginBalance = pool.balance.plus(sum(positions.map((each) => each.unrealizedPnl)));
  const maintenanceMargin = sum(positions.map((each) => each.maintenanceMargin));
  const closingFee = sum(positions.map((each) => each.closingFee));
  const requirement = maintenanceMargin.plus(closingFee);
  const settled = (value: Decimal): Money => money(isExact({ positions }) ? value : snappedToZero(value));
  const settledBalance = settled(marginBalance);
  return ok({
    pool,
    marginBalance: settledBalance,
    maintenanceMargin: money(maintenanceMargin),
    closingFee: money(closingFee),
    marginExcess: settled(marginBalance.minus(requirement)),
    marginRatio: marginRatioOf(money(requirement), settledBalance, positions.length),
    notionalValue: money(sum(positions.map((each) => each.notionalValue))),
    positions,
    insolvent: positions.length > 0 && settledBalance.lte(0),
  });
};

/** Highest tier index among the pool's positions; 0 for none. */
export const tierIndexOf = (assessment: MarginAssessment): number =>
  assessment.positions.reduce((highest, each) => (each.tier.index > highest ? each.tier.index : highest), 0);
