import type { MarginAssessment } from '../margin/assess-margin.ts';
import { byCodeUnits } from '../ordering.ts';

/** Pools without a positive requirement have no ratio: those in debt come before all others, the rest after all others. */
const ratioClass = ({ marginBalance, maintenanceMargin }: MarginAssessment): number => {
  if (maintenanceMargin.gt(0)) return 0;
  return marginBalance.lt(0) ? -1 : 1;
};

/** marginBalance / maintenanceMargin compared without dividing; by balance where there is no ratio. */
const compareHealth = (a: MarginAssessment, b: MarginAssessment): number => {
  const byClass = ratioClass(a) - ratioClass(b);
  if (byClass !== 0) return byClass;
  if (ratioClass(a) !== 0) return a.marginBalance.comparedTo(b.marginBalance);
  return a.marginBalance.times(b.maintenanceMargin).comparedTo(b.marginBalance.times(a.maintenanceMargin));
};

/**
 * Order in which a wave opens liquidations: marginBalance / maintenanceMargin ascending (the worst first), then `poolId` by code units.
 * Total for any input order.
 */
export const byOpeningOrder = (a: MarginAssessment, b: MarginAssessment): number =>
  compareHealth(a, b) || byCodeUnits(a.pool.poolId, b.pool.poolId);
