import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { sideSign } from '../market/side.ts';
import { type Decimal, larger, ONE, smaller, ZERO } from '../units/decimal.ts';
import { type Price, price } from '../units/money.ts';
import type { FillablePolicy } from './limit-policy.ts';

/** clamp(BA·(1 − balance/requirement), 0, 1): 0 for a pool that meets its maintenance margin, 1 for a bankrupt one. */
const nearnessToBankruptcy = ({ marginBalance, maintenanceMargin }: MarginAssessment, adjustment: Decimal): Decimal => {
  if (maintenanceMargin.lte(0)) return marginBalance.lt(0) ? ONE : ZERO;
  const missing = ONE.minus(marginBalance.div(maintenanceMargin));
  return smaller(ONE, larger(ZERO, adjustment.times(missing)));
};

/**
 * The worst price that an order of a position in liquidation may fill at, by its distance from the mark:
 * P·(1 − s·SMMR·MMF·clamp(BA·(1 − TNC/TMMR), 0, 1)).
 *
 * P mark; s = +1 closing a LONG, −1 a SHORT; MMF the position's maintenance margin / notional value; TNC margin balance and TMMR maintenance margin of the
 * pool; SMMR `spreadToMaintenance`, BA `bankruptcyAdjustment`. Quote per base, 64 digits. null where a LONG's spread is the whole price or more.
 * Source: dYdX v4, GetFillablePrice (defaults SMMR 1.5, BA 1), read 2026-11-22.
 */
export const fillablePrice = (assessment: MarginAssessment, each: PositionAssessment, policy: FillablePolicy): Price | null => {
  const rate = each.notionalValue.gt(0) ? each.maintenanceMargin.div(each.notionalValue) : ZERO;
  const nearness = nearnessToBankruptcy(assessment, policy.bankruptcyAdjustment);
  const spread = policy.spreadToMaintenance.times(rate).times(nearness);
  const factor = ONE.minus(sideSign(each.position.side).times(spread));
  return factor.gt(0) ? price(each.market.markPrice.times(factor)) : null;
};
