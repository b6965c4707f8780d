import type { MarginAssessment, PositionAssessment } from '../margin/assess-margin.ts';
import { positionInitialMargin } from '../margin/position-margin.ts';
import { type Decimal, larger, ONE, sum } from '../units/decimal.ts';
import { type Money, money } from '../units/money.ts';
import { snappedToZero } from '../units/rounding.ts';
import type { RecoveryBuffer, RecoveryPolicy } from './reduction-policy.ts';

const buffered = ({ maintenanceMargin, notionalValue }: PositionAssessment, { of, ratio }: RecoveryBuffer): Decimal => {
  switch (of) {
    case 'MAINTENANCE_MARGIN':
      return maintenanceMargin.times(ONE.plus(ratio));
    case 'NOTIONAL_VALUE':
      return maintenanceMargin.plus(notionalValue.times(ratio));
  }
};

/** The lines whose highest is the margin that the target asks for; each is linear in the contracts within a tier. */
const targetsOf = (each: PositionAssessment, { recovery, recoveryBuffer }: RecoveryPolicy): readonly Decimal[] => {
  switch (recovery) {
    case 'MAINTENANCE':
      return [each.maintenanceMargin];
    case 'BUFFER':
      return [recoveryBuffer === null ? each.maintenanceMargin : buffered(each, recoveryBuffer)];
    case 'INITIAL': {
      const initial = positionInitialMargin(each);
      return initial === null ? [each.maintenanceMargin] : [each.maintenanceMargin, initial];
    }
  }
};

/**
 * What the recovery target asks of one position, closing fee included, as the lines of which the highest counts.
 *
 * MAINTENANCE: MM. BUFFER: MM·(1 + b), or MM + b·V where the buffer is one of the notional value. INITIAL: the larger of MM and IM. Each plus what is
 * required beside them for closing. V notional value at the mark, b the buffer; settlement asset. A position whose initial margin cannot be told counts
 * with its maintenance margin.
 * Sources: Drift v2, liquidation margin buffer of 2 % of the notional value; Polymarket perpetuals, recovery at initial margin; read 2026-11-22.
 */
export const requiredLines = (each: PositionAssessment, policy: RecoveryPolicy): readonly Decimal[] =>
  targetsOf(each, policy).map((target) => target.plus(each.closingFee));

/** What the recovery target asks of one position: the highest of `requiredLines`. Settlement asset. */
export const requiredAt = (each: PositionAssessment, policy: RecoveryPolicy): Decimal => requiredLines(each, policy).reduce(larger);

/** What a pool lacks to its recovery target; zero or less: it has recovered. Settlement asset, zero within 1e-40. */
export const shortageOf = (assessment: Pick<MarginAssessment, 'marginBalance' | 'positions'>, policy: RecoveryPolicy): Money =>
  money(snappedToZero(sum(assessment.positions.map((each) => requiredAt(each, policy))).minus(assessment.marginBalance)));

/** Whether a pool in liquidation has recovered. Under MAINTENANCE that is the rules' word alone, so that there it never goes on against their silence. */
export const isRecovered = (assessment: Pick<MarginAssessment, 'marginBalance' | 'positions'>, policy: RecoveryPolicy): boolean =>
  policy.recovery === 'MAINTENANCE' || shortageOf(assessment, policy).lte(0);
