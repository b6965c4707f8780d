import { isExact, type MarginAssessment } from '../margin/assess-margin.ts';
import { byCodeUnits } from '../ordering.ts';
import { type Decimal, ONE } from '../units/decimal.ts';

/** Pools without a positive requirement have no ratio: those in debt come before all others, the rest after all others. */
const ratioClass = ({ marginBalance, maintenanceMargin }: MarginAssessment): number => {
  if (maintenanceMargin.gt(0)) return 0;
  return marginBalance.lt(0) ? -1 : 1;
};

/** Digits of a ratio of amounts that are quotients themselves: what is equal has to tie, whatever their last digits are. */
const DIGITS_COMPARED = 48;

/** marginBalance / maintenanceMargin as numerator and denominator: the amounts themselves where they are exact, else their rounded ratio. */
const healthOf = (assessment: MarginAssessment): readonly [Decimal, Decimal] => {
  const { marginBalance, maintenanceMargin } = assessment;
  return isExact(assessment)
    ? [marginBalance, maintenanceMargin]
    : [marginBalance.div(maintenanceMargin).toSignificantDigits(DIGITS_COMPARED), ONE];
};

/** marginBalance / maintenanceMargin compared without dividing; by balance where there is no ratio. */
const compareHealth = (a: MarginAssessment, b: MarginAssessment): number => {
  const byClass = ratioClass(a) - ratioClass(b);
  if (byClass !== 0) return byClass;
  if (ratioClass(a) !== 0) return a.marginBalance.comparedTo(b.marginBalance);
  const [aBalance, aMargin] = healthOf(a);
  const [bBalance, bMargin] = healthOf(b);
  return aBalance.times(bMargin).comparedTo(bBalance.times(aMargin));
};

/**
 * Order in which a wave opens liquidations: marginBalance / maintenanceMargin ascending (the worst first), then `poolId` by code units.
 * Total for any input order.
 */
export const byOpeningOrder = (a: MarginAssessment, b: MarginAssessment): number =>
  compareHealth(a, b) || byCodeUnits(a.pool.poolId, b.pool.poolId);
