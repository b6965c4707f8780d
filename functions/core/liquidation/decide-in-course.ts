import type { MarginAssessment } from '../margin/assess-margin.ts';
import type { MarginEvent, Verdict } from '../policy.ts';
import { choiceOf, decideMargin, isOpening, type MarginChoice } from './decide-margin.ts';
import { isRecovered } from './recovery-target.ts';
import type { RecoveryPolicy } from './reduction-policy.ts';

/** Whether going on with the event would close anything: a step to a tier only where a position is above the lowest. */
const closesSomething = ({ positions }: MarginAssessment, event: MarginEvent): boolean => {
  switch (event.type) {
    case 'WARN':
      return false;
    case 'REDUCE_TO_TIER':
      return positions.some(({ tier }) => tier.index > 0);
    case 'REDUCE_BY_FRACTION':
    case 'REDUCE_EQUALLY':
    case 'REDUCE_BY_PORTION':
    case 'REDUCE_TO_RECOVERY':
    case 'LIQUIDATE':
    case 'TAKE_OVER':
      return true;
  }
};

/** What goes on by itself: the attempts of a case that still holds its pool, or what the pool was reduced by last. */
const goingOn = (assessment: MarginAssessment, verdicts: readonly Verdict<MarginEvent>[]): MarginChoice | null => {
  const { caseId, lastReduction } = assessment.pool;
  if (caseId !== null) return { kind: 'LIQUIDATE', rule: null };
  const latest = verdicts.find(({ rule }) => rule === lastReduction?.rule);
  return latest === undefined || !closesSomething(assessment, latest.event) ? null : choiceOf(latest.rule, latest.event);
};

/**
 * Turns the verdicts on a pool into one choice (`decideMargin`), with hysteresis: a pool whose liquidation began goes on with it, though no rule fires any
 * more, until it meets the recovery target. Under MAINTENANCE the rules alone decide.
 * Source: Polymarket perpetuals, recovery at initial margin, read 2026-11-22.
 */
export const decideInCourse = (
  assessment: MarginAssessment,
  verdicts: readonly Verdict<MarginEvent>[],
  policy: RecoveryPolicy,
): MarginChoice => {
  const chosen = decideMargin(assessment, verdicts);
  if (isOpening(chosen) || chosen.kind === 'REFUSED' || isRecovered(assessment, policy)) return chosen;
  return goingOn(assessment, verdicts) ?? chosen;
};
