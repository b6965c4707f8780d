import { byMarketThenSide } from '../account/position.ts';
import type { PositionAssessment } from '../margin/assess-margin.ts';
import type { LegOrder } from './reduction-policy.ts';

const byKey = (order: LegOrder, a: PositionAssessment, b: PositionAssessment): number => {
  switch (order) {
    case 'MARKET':
      return 0;
    case 'LARGEST_NOTIONAL':
      return b.notionalValue.comparedTo(a.notionalValue);
    case 'LARGEST_LOSS':
      return a.unrealizedPnl.comparedTo(b.unrealizedPnl);
    case 'LARGEST_MAINTENANCE':
      return b.maintenanceMargin.comparedTo(a.maintenanceMargin);
  }
};

/**
 * Order in which a pool's positions are closed: largest notional value, largest loss (smallest unrealized PnL) or largest maintenance margin first, then
 * market id by code units, LONG before SHORT, which is the whole of MARKET. Total for any input order.
 * The keys are choices of this engine: no document read says which of several positions goes first.
 */
export const byLegOrder =
  (order: LegOrder) =>
  (a: PositionAssessment, b: PositionAssessment): number =>
    byKey(order, a, b) || byMarketThenSide(a.position, b.position);
