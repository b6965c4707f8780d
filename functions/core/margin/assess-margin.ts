import type { Pool } from '../account/pool.ts';
import type { Position } from '../account/position.ts';
import { type MarginTier, maintenanceMarginIn, tierOf } from '../market/margin-tiers.ts';
import type { MarkedMarket, MarkedMarkets } from '../market/marked-market.ts';
import { unrealizedPnl, valueAt } from '../market/valuation.ts';
import { ok, type Result, refused } from '../result.ts';
import { sum } from '../units/decimal.ts';
import { type Money, money, type Ratio, ratio } from '../units/money.ts';

export interface PositionAssessment {
  readonly position: Position;
  readonly market: MarkedMarket;
  readonly notionalValue: Money;
  readonly unrealizedPnl: Money;
  readonly tier: MarginTier;
  readonly maintenanceMargin: Money;
}

export interface MarginAssessment {
  readonly pool: Pool;
  readonly marginBalance: Money;
  readonly maintenanceMargin: Money;
  /** Σ notional·f: what closing everything at the mark would cost in taker fees. */
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
  const tier = tierOf(market.terms.tierTable, notionalValue);
  return {
    position,
    market,
    notionalValue,
    unrealizedPnl: unrealizedPnl(position.side, notionalValue, position.entryValue),
    tier,
    maintenanceMargin: maintenanceMarginIn(tier, notionalValue),
  };
};

const marginRatioOf = (requirement: Money, marginBalance: Money, positionCount: number): Ratio | null => {
  if (positionCount === 0) return ratio(requirement);
  return marginBalance.gt(0) ? ratio(requirement.div(marginBalance)) : null;
};

/**
 * Values a pool at the given marks.
 *
 * marginBalance = balance + Σ UPnL; maintenanceMargin = Σ (notional·MMR − MA); marginExcess = marginBalance − maintenanceMargin − Σ notional·f;
 * marginRatio = (maintenanceMargin + Σ notional·f) / marginBalance (64 digits), null at or below zero balance; no position: ratio 0.
 * Money in the pool's settlement asset, exact. f is the market's taker fee rate.
 * Refuses (`MISSING_MARK`) when a leg's market has no mark: a pool that cannot be valued is never called safe.
 */
export const assessMargin = (pool: Pool, markets: MarkedMarkets): Result<MarginAssessment, MissingMark> => {
  const positions: PositionAssessment[] = [];
  for (const position of pool.positions) {
    const market = markets.get(position.marketId);
    if (market === undefined) return refused({ kind: 'MISSING_MARK', marketId: position.marketId });
    positions.push(assessPosition(position, market));
  }
  const marginBalance = money(pool.balance.plus(sum(positions.map((each) => each.unrealizedPnl))));
  const maintenanceMargin = money(sum(positions.map((each) => each.maintenanceMargin)));
  const closingFee = money(sum(positions.map((each) => each.notionalValue.times(each.market.terms.takerFeeRate))));
  const requirement = money(maintenanceMargin.plus(closingFee));
  return ok({
    pool,
    marginBalance,
    maintenanceMargin,
    closingFee,
    marginExcess: money(marginBalance.minus(requirement)),
    marginRatio: marginRatioOf(requirement, marginBalance, positions.length),
    notionalValue: money(sum(positions.map((each) => each.notionalValue))),
    positions,
    insolvent: positions.length > 0 && marginBalance.lte(0),
  });
};

/** Highest tier index among the pool's positions; 0 for none. */
export const tierIndexOf = (assessment: MarginAssessment): number =>
  assessment.positions.reduce((highest, each) => (each.tier.index > highest ? each.tier.index : highest), 0);
