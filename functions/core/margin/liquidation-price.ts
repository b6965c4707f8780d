import { unitsOf, valueSide } from '../market/valuation.ts';
import { type Decimal, ONE, sum } from '../units/decimal.ts';
import type { Price } from '../units/money.ts';
import { type MarginAssessment, type PositionAssessment, signedEntryValue } from './assess-margin.ts';
import { legTiers } from './leg-tiers.ts';
import type { CurveLeg, MarginCurve } from './margin-curve.ts';
import { nearestRoots } from './nearest-roots.ts';
import { requiredFeeRate } from './position-margin.ts';

/** A position as a leg of its market's curve. */
export const curveLeg = (assessed: PositionAssessment): CurveLeg => ({
  valueSide: valueSide(assessed.market.terms.contract, assessed.position.side),
  units: unitsOf(assessed.market.terms, assessed.position.quantity),
  ...legTiers(assessed),
  takerFeeRate: requiredFeeRate(assessed.market.terms),
});

/** What the position adds to the pool's margin excess at the mark. */
const excessOf = ({ unrealizedPnl, maintenanceMargin, closingFee }: PositionAssessment): Decimal =>
  unrealizedPnl.minus(maintenanceMargin).minus(closingFee);

/** Margin excess of the pool as the mark of the position's market moves; every other mark stays where it is. */
const excessCurve = (assessment: MarginAssessment, { market, position: { marketId } }: PositionAssessment): MarginCurve => {
  const legs = assessment.positions.filter((each) => each.position.marketId === marketId);
  const others = assessment.positions.filter((each) => each.position.marketId !== marketId);
  const legsAtZeroValue = legs.map((each) => signedEntryValue(each).negated());
  return {
    contract: market.terms.contract,
    constant: sum([assessment.pool.balance, ...others.map(excessOf), ...legsAtZeroValue]),
    marginBalanceFactor: ONE,
    requirementFactor: ONE,
    legs: legs.map(curveLeg),
  };
};

const nearer = (a: Price, b: Price, mark: Price): Price => (a.minus(mark).abs().lte(b.minus(mark).abs()) ? a : b);

/**
 * Returns the mark price of one market at which the pool has exactly its maintenance margin and closing fees left, the other marks frozen.
 *
 * Solves marginExcess(p) = 0 with both legs of the market moving; for one leg in one tier
 * P = (s·Q·Pe − M − MA) / (Q·(s − MMR − f))    s = +1 long, −1 short; Q base units; Pe entry price; M margin balance of the rest; MA maintenance amount.
 * INVERSE: P = Q·(1 + s·(MMR + f)) / (Q/Pe + s·(M + MA)), Q quote units, margin and amount in the coin.
 * Each tier's stretch is solved with its own rate and amount, so the tier at the price found is the tier used. With roots on both sides
 * (hedge mode) the nearer one, the lower one in a tie; a single leg takes the one on its adverse side. Flat tiers: the boundary at which the requirement jumps over the balance.
 * A pool already short of margin gets the nearest price at which it would not be. 64 digits, no tick rounding.
 * Source: Binance, "Liquidation Price of USDⓈ-M Futures Contracts"; Bybit, inverse contracts; read 2026-11-22. Returns null where no positive and finite
 * price exists.
 */
export const liquidationPrice = (assessment: MarginAssessment, assessed: PositionAssessment): Price | null => {
  const mark = assessed.market.markPrice;
  const sign = assessment.marginExcess.lt(0) ? ONE.negated() : ONE;
  const { below, above } = nearestRoots(excessCurve(assessment, assessed), mark, sign);
  if (below === null || above === null) return below ?? above;
  const inMarket = assessment.positions.filter((each) => each.position.marketId === assessed.position.marketId);
  if (inMarket.length > 1 || assessment.marginExcess.lt(0)) return nearer(below, above, mark);
  return assessed.position.side === 'LONG' ? below : above;
};
