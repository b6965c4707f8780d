import { baseQuantity } from '../market/valuation.ts';
import { ONE, sum } from '../units/decimal.ts';
import type { Price } from '../units/money.ts';
import type { MarginAssessment, PositionAssessment } from './assess-margin.ts';
import type { CurveLeg, MarginCurve } from './margin-curve.ts';
import { nearestRoots } from './nearest-roots.ts';

export const curveLeg = (assessed: PositionAssessment): CurveLeg => ({
  side: assessed.position.side,
  baseQuantity: baseQuantity(assessed.market.terms, assessed.position.quantity),
  tierTable: assessed.market.terms.tierTable,
  takerFeeRate: assessed.market.terms.takerFeeRate,
});

/** Margin excess of the pool as the mark of `marketId` moves; every other mark stays where it is. */
const excessCurve = (assessment: MarginAssessment, marketId: string): MarginCurve => {
  const legs = assessment.positions.filter((each) => each.position.marketId === marketId);
  const legsNow = sum(
    legs.map((each) => each.unrealizedPnl.minus(each.maintenanceMargin).minus(each.notionalValue.times(each.market.terms.takerFeeRate))),
  );
  const atZeroPrice = sum(legs.map((each) => each.unrealizedPnl.minus(signedNotional(each))));
  return {
    constant: assessment.marginExcess.minus(legsNow).plus(atZeroPrice),
    marginBalanceFactor: ONE,
    requirementFactor: ONE,
    legs: legs.map(curveLeg),
  };
};

const signedNotional = (each: PositionAssessment) => (each.position.side === 'LONG' ? each.notionalValue : each.notionalValue.negated());

const nearer = (a: Price, b: Price, mark: Price): Price => (a.minus(mark).abs().lte(b.minus(mark).abs()) ? a : b);

/**
 * Returns the mark price of one market at which the pool has exactly its maintenance margin and closing fees left, the other marks frozen.
 *
 * Solves marginExcess(p) = 0 with both legs of the market moving; for one leg in one tier
 * P = (s·Q·Pe − M − MA) / (Q·(s − MMR − f))    s = +1 long, −1 short; Q base units; Pe entry price; M margin balance of the rest; MA maintenance amount.
 * Each tier's stretch is solved with its own rate and amount, so the tier at the price found is the tier used. With roots on both sides
 * (hedge mode) the nearer one, the lower one in a tie; a single leg takes the one on its adverse side. Flat tiers: the boundary at which the requirement jumps over the balance.
 * A pool already short of margin gets the nearest price at which it would not be. 64 digits, no tick rounding.
 * Source: Binance, "Liquidation Price of USDⓈ-M Futures Contracts", read 2026-11-22. Returns null where no positive price exists.
 */
export const liquidationPrice = (assessment: MarginAssessment, assessed: PositionAssessment): Price | null => {
  const mark = assessed.market.markPrice;
  const sign = assessment.marginExcess.lt(0) ? ONE.negated() : ONE;
  const { below, above } = nearestRoots(excessCurve(assessment, assessed.position.marketId), mark, sign);
  if (below === null || above === null) return below ?? above;
  const inMarket = assessment.positions.filter((each) => each.position.marketId === assessed.position.marketId);
  if (inMarket.length > 1 || assessment.marginExcess.lt(0)) return nearer(below, above, mark);
  return assessed.position.side === 'LONG' ? below : above;
};
