import { type CommitOutcome, nextVersion } from '#core/commit.ts';
import type { LiquidationCase } from '#core/liquidation/liquidation-case.ts';
import { gateWrites } from './close-withdrawals.ts';
import type { Opening, OpenPorts } from './open-wave.ts';
import { openingWrites } from './opening-record.ts';
import { planCaseOrders } from './plan-case-orders.ts';

/**
 * Gives a case that found no counterparty its next attempt at a new mark: new orders for what is left, at the bankruptcy values frozen at opening.
 * Order ids carry the attempt, so that a repeated delivery orders nothing twice.
 */
export const reattemptCase = async (ports: OpenPorts, opening: Opening, waiting: LiquidationCase): Promise<CommitOutcome> => {
  const next: LiquidationCase = { ...waiting, wave: opening.wave.waveId, waveRank: opening.rank, attempt: waiting.attempt + 1 };
  const plan = await planCaseOrders(ports, opening, next);
  return ports.commit([
    { table: 'Cases', item: nextVersion(plan.liquidation, 'OPEN') },
    ...plan.writes,
    ...(await gateWrites(ports, opening)),
    ...openingWrites(opening, ports.ruleSet.reference, {
      caseId: waiting.caseId,
      outcome: 'REATTEMPTED',
      deferral: null,
      legs: waiting.legs,
      orders: plan.orders,
    }),
  ]);
};
