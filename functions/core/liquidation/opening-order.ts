import type { MarginAssessment } from '../margin/assess-margin.ts';
import { byCodeUnits } from '../ordering.ts';

/** a/b against c/d for b, d ≥ 0, without dividing; a zero requirement sorts by the sign of the balance. */
const compareHealth = (a: MarginAssessment, b: MarginAssessment): number =>
  a.marginBalance.times(b.maintenanceMargin).comparedTo(b.marginBalance.times(a.maintenanceMargin));

/**
 * Order in which a wave opens liquidations: marginBalance / maintenanceMargin ascending (the worst first), then `poolId` by code units.
 * Total for any input order.
 */
export const byOpeningOrder = (a: MarginAssessment, b: MarginAssessment): number =>
  compareHealth(a, b) || byCodeUnits(a.pool.poolId, b.pool.poolId);
