import { isRecovered } from '../liquidation/recovery-target.ts';
import type { RecoveryPolicy } from '../liquidation/reduction-policy.ts';
import type { MarginAssessment } from '../margin/assess-margin.ts';

/**
 * Whether a pool counts as in liquidation where counterparties are sought: a case holds it, or its margin excess is below zero at the marks that they are
 * ranked at, or it was reduced and is short of its recovery target. A reduction that found nobody leaves no case behind, an opening may be put off, and
 * neither makes the pool one that can give. Below zero is what the rules of every shipped set liquidate at, and it needs no rules to be told.
 * Source: Polymarket and Bitget (no account in liquidation is asked), read 2026-11-22. That this is told by the margin, not by the case alone, is ours.
 */
export const isInLiquidation = (assessment: MarginAssessment, policy: RecoveryPolicy): boolean => {
  const { pool, marginExcess } = assessment;
  return pool.caseId !== null || marginExcess.lt(0) || (pool.lastReduction !== null && !isRecovered(assessment, policy));
};
