import type { Write } from '#core/commit.ts';
import { decisionIdOf, type OpeningDecision } from '#core/decision.ts';
import type { PlannedOrder } from '#core/insurance/plan-orders.ts';
import type { CaseLeg } from '#core/liquidation/liquidation-case.ts';
import type { RuleSetReference } from '#core/policy.ts';
import { securityStamps } from '#core/safeguard-event.ts';
import type { Opening } from './open-wave.ts';

export interface OpeningOutcome {
  readonly caseId: string;
  readonly outcome: OpeningDecision['outcome'];
  readonly deferral: OpeningDecision['deferral'];
  readonly legs: readonly CaseLeg[];
  readonly orders: readonly PlannedOrder[];
}

/** The writes that every outcome of a nomination has: the nomination goes, the decision is put. */
export const openingWrites = (opening: Opening, ruleSet: RuleSetReference, outcome: OpeningOutcome): readonly Write[] => {
  const { wave, nomination, assessment } = opening;
  const decision: OpeningDecision = {
    kind: 'OPENING',
    decisionId: decisionIdOf('OPENING', nomination.poolId, wave.marketId, wave.sequence),
    at: wave.at,
    waveId: wave.waveId,
    ruleSet,
    poolId: assessment.pool.poolId,
    because: nomination.decisionId,
    security: securityStamps(opening.markets),
    ...outcome,
  };
  return [
    { table: 'Nominations', action: 'REMOVE', item: nomination },
    { table: 'Decisions', decision },
  ];
};
